// Keys of a list, only while something in a row has the focus: Up and Down or j and k move, Home
// and End go to its ends, Enter or o opens, ? tells of them and switches the letters off or on.
// Without this script every row is reached with Tab and opened with Enter as any link.
"use strict";
(() => {
  const table = document.querySelector("table[data-list-keys]");
  if (!table) return;
  const KEPT = "casemgr-list-letters";
  const rows = () => [...table.tBodies[0].rows];
  const link = (row) => row && row.querySelector("th a");
  const lettersOff = () => {
    try { return localStorage.getItem(KEPT) === "off"; } catch { return false; }
  };
  const note = document.createElement("p");
  note.className = "hint";
  note.id = "list-keys";
  note.setAttribute("role", "status");
  table.after(note);

  const tell = () => {
    const off = lettersOff();
    note.textContent = off
      ? "In a row: Up and Down move, Enter opens. Letters are off. "
      : "In a row: Up and Down or j and k move, Enter or o opens. ";
    const change = document.createElement("button");
    change.type = "button";
    change.className = "quiet";
    change.textContent = off ? "Switch letters on" : "Switch letters off";
    change.addEventListener("click", () => {
      try { localStorage.setItem(KEPT, off ? "on" : "off"); } catch { /* kept for nobody */ }
      tell();
      note.querySelector("button").focus();
    });
    note.append(change);
  };

  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("tbody tr");
    if (!row) return;
    const key = event.key;
    if (key.length === 1 && key !== "?" && lettersOff()) return;
    const all = rows();
    const at = all.indexOf(row);
    const moves = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: all.length - 1 };
    if (key in moves) {
      const to = link(all[moves[key]]);
      if (to) { event.preventDefault(); to.focus(); }
    } else if (key === "o") {
      event.preventDefault();
      link(row).click();
    } else if (key === "?") {
      event.preventDefault();
      tell();
    }
  });
})();
