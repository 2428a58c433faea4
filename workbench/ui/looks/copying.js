// Copies the text beside a copy button. One listener for the page; the text is read from the screen.

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // plain http: no clipboard object there
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

async function onClick(event) {
  const button = event.target.closest?.(".wb-copy");
  if (!button) return;
  await copy(button.previousElementSibling.textContent);
  button.classList.add("wb-done");
  setTimeout(() => button.classList.remove("wb-done"), 1200);
}

export default function () {
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
