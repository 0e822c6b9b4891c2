// Scoring without a mouse: up, down and Enter go to the same place of the row above or below; Tab goes on as ever.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-grid] [data-cell]");
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!cell || !step || (cell.tagName === "SELECT" && event.key !== "Enter")) {
    return;
  }
  const row = cell.closest("tr");
  const column = [...row.querySelectorAll("[data-cell]")].indexOf(cell);
  const next = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  const target = next && next.querySelectorAll("[data-cell]")[column];
  event.preventDefault();
  if (target) {
    target.focus();
    if (target.select) {
      target.select();
    }
  }
});
