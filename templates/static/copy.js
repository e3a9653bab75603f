// A button that copies the words of another element; without script it is not shown.
document.addEventListener("DOMContentLoaded", () => {
  for (const line of document.querySelectorAll(".copy[hidden]")) {
    line.hidden = false;
  }
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) {
    return;
  }
  const words = document.getElementById(button.dataset.copies).textContent.trim();
  const status = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(words);
    status.textContent = "Copied.";
  } catch {
    status.textContent = "Not copied. Select the words and copy them.";
  }
});
