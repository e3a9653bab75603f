// Drafts keep themselves: two seconds after typing stops, and when a field is left. Without this
// file every button of the page keeps what was typed, and nothing is lost either way.
"use strict";

(() => {
  const WAIT = 2000;
  const OFFLINE = "No connection. Do not close this page: what you typed is not saved yet.";
  const SIGNED_OUT = "You are signed out. Do not close this page. Sign in in another window; then type on here.";
  let timer = 0;
  let typed = false;
  let under_way = Promise.resolve();

  const form = () => document.querySelector("form[data-autosave]");

  function tell(words) {
    const place = document.querySelector("[data-kept]");
    if (place && place.textContent !== words) place.textContent = words;
  }

  function fields(of) {
    const sent = new FormData(of);
    sent.delete("file"); // a file goes with the buttons, once
    sent.delete("form_key"); // the key is for what the buttons do
    return sent;
  }

  function echo(said) {
    for (const place of document.querySelectorAll("[data-echo]")) {
      const words = said[place.dataset.echo] || "";
      if (place.textContent !== words) place.textContent = words;
    }
  }

  async function keep(leaving) {
    const of = form();
    clearTimeout(timer);
    if (!of || !typed) return;
    typed = false;
    const version = of.elements.version.value;
    let answer;
    try {
      answer = await fetch(of.dataset.autosave, {
        method: "POST", credentials: "same-origin", body: fields(of), keepalive: leaving,
      });
    } catch {
      typed = true;
      tell(OFFLINE);
      return;
    }
    if (of !== form()) return; // a button was quicker, and the page is another one
    if (answer.status === 409 && of.elements.version.value !== version) {
      typed = true; // a search on this page was quicker: its version is here by now
      soon(leaving);
      return;
    }
    if (answer.status === 401 || answer.redirected) {
      typed = true;
      tell(SIGNED_OUT);
      return;
    }
    const isJson = (answer.headers.get("content-type") || "").startsWith("application/json");
    if (!isJson) {
      typed = true;
      tell("Not saved. Do not close this page; use Save draft.");
      return;
    }
    const said = await answer.json();
    tell(said.says);
    if (!answer.ok) return;
    of.elements.version.value = Math.max(said.version, of.elements.version.value);
    echo(said.echo);
  }

  // One after the other: a later one must know the version that the one before it made.
  function soon(leaving) {
    under_way = under_way.then(() => keep(leaving));
  }

  // A file goes with the buttons, and a search keeps the rest by itself.
  const counts = (it) =>
    it.form && it.form === form() && it.type !== "file" && !it.hasAttribute("hx-post");

  document.addEventListener("input", (event) => {
    if (!counts(event.target)) return;
    typed = true;
    clearTimeout(timer);
    timer = setTimeout(soon, WAIT, false);
  });
  document.addEventListener("change", (event) => {
    if (counts(event.target) && typed) soon(false);
  });
  document.addEventListener("submit", () => {
    clearTimeout(timer); // the button keeps everything itself
    typed = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") soon(true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.form === form() && form()) {
      form().querySelector("button.main").click();
    }
  });
})();
