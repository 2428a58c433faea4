// Tells the server which button of a table was pressed: its `data-event` and `data-value`.

const listeners = new WeakMap();

export default function (component) {
  const { parentElement } = component;
  const known = listeners.get(parentElement);
  if (known) {
    known.component = component;
    return known.leave;
  }
  const entry = { component };
  const onClick = (event) => {
    const button = event.target.closest?.(".wb-choose");
    if (button) entry.component.setTriggerValue(button.dataset.event, button.dataset.value);
  };
  entry.leave = () => {
    document.removeEventListener("click", onClick);
    listeners.delete(parentElement);
  };
  document.addEventListener("click", onClick);
  listeners.set(parentElement, entry);
  return entry.leave;
}
