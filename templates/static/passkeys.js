// Passkeys: ask the browser for one, put what it answers into the form, and send the form.
// Without this file, or without passkeys in the browser, the forms stay hidden and nothing is lost.
"use strict";

(() => {
  const SAID = {
    NotAllowedError: "No passkey was used. Try again, or come in another way.",
    InvalidStateError: "This device holds a passkey for you already. Use another device.",
    SecurityError: "Passkeys do not work at this address. Ask an administrator.",
  };
  const OTHERWISE = "This did not work. Try again, or come in another way.";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  const text = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const known = (listed) => (listed || []).map((each) => ({ ...each, id: bytes(each.id) }));

  async function asked(address) {
    const answer = await fetch(address, { method: "POST", credentials: "same-origin" });
    const isJson = (answer.headers.get("content-type") || "").startsWith("application/json");
    if (answer.redirected || !isJson) {
      location.reload(); // signed out, or signed in too long ago: the page itself says what to do
      return null;
    }
    const said = await answer.json();
    if (!answer.ok) throw { says: said.says };
    return said;
  }

  async function used(options) {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    };
    const key = await navigator.credentials.get({ publicKey });
    return {
      id: key.id, rawId: text(key.rawId), type: key.type,
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        authenticatorData: text(key.response.authenticatorData),
        signature: text(key.response.signature),
        userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
      },
    };
  }

  async function made(options) {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    };
    const key = await navigator.credentials.create({ publicKey });
    return {
      id: key.id, rawId: text(key.rawId), type: key.type,
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        attestationObject: text(key.response.attestationObject),
      },
    };
  }

  async function send(form) {
    const says = form.querySelector("[data-says]");
    const button = form.querySelector("button");
    says.textContent = "";
    button.disabled = true;
    try {
      const options = await asked(form.dataset.ask);
      if (options === null) return;
      const answer = await (form.dataset.passkey === "new" ? made(options) : used(options));
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch (problem) {
      says.textContent = problem.says || SAID[problem.name] || OTHERWISE;
    } finally {
      button.disabled = false;
    }
  }

  if (!window.PublicKeyCredential) return;
  for (const lack of document.querySelectorAll("[data-without-passkeys]")) lack.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
})();
