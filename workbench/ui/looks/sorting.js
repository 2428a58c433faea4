// Sorts a table by the column whose head is pressed; pressed again, the other way round. One listener
// for the page; figures are sorted as figures.

function order(a, b) {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, document.documentElement.lang || undefined, { numeric: true });
}

function onClick(event) {
  const button = event.target.closest?.(".wb-sort");
  if (!button) return;
  const head = button.closest("th");
  const table = button.closest("table");
  const column = Number(button.dataset.column);
  const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const each of table.querySelectorAll("th")) each.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
  const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const body = table.tBodies[0];
  body.append(...[...body.rows].sort((a, b) => turn * order(key(a), key(b))));
}

export default function () {
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
