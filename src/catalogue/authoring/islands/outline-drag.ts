/**
 * Lessons are dragged by a handle, or moved by Alt and the arrows. A move is the row's own form being sent, so
 * the server orders as it does without script; the focus comes back to the row that was moved.
 */
const forms = [...document.querySelectorAll<HTMLFormElement>('form[action$="/position"]')];
const rows = forms.flatMap((form) => {
  const row = form.closest('tr');
  return row ? [{ form, row }] : [];
});
const remembered = 'daksh-moved-lesson';
const words = document.getElementById('outline-words')?.dataset;

for (const [index, { form, row }] of rows.entries()) {
  const handle = document.createElement('button');
  handle.type = 'button';
  handle.className = 'drag-handle';
  handle.textContent = '⠿';
  handle.setAttribute('aria-label', `${words?.['drag'] ?? ''}: ${row.querySelector('a')?.textContent ?? ''}`);
  handle.title = words?.['hint'] ?? '';
  (row.querySelector('th') ?? row.cells[0])?.prepend(handle);
  handle.addEventListener('pointerdown', (event) => drag(event, index));
  form.addEventListener('submit', () => sessionStorage.setItem(remembered, form.action));
  row.addEventListener('keydown', (event) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const to = index + (event.key === 'ArrowUp' ? -1 : 1);
    if (to >= 0 && to < rows.length) send(form, to);
  });
  if (sessionStorage.getItem(remembered) === form.action) {
    sessionStorage.removeItem(remembered);
    // After the page has gone to the list, which takes the focus away.
    addEventListener('load', () => setTimeout(() => handle.focus(), 50));
  }
}

function send(form: HTMLFormElement, to: number): void {
  const place = document.createElement('input');
  place.type = 'hidden';
  place.name = 'place';
  place.value = String(to + 1);
  form.append(place);
  sessionStorage.setItem(remembered, form.action);
  form.submit();
}

function drag(start: PointerEvent, from: number): void {
  const handle = start.currentTarget as HTMLElement;
  start.preventDefault();
  handle.setPointerCapture(start.pointerId);
  const dragged = rows[from];
  let to = from;
  dragged?.row.classList.add('is-dragged');
  const move = (event: PointerEvent) => {
    to = placeAt(event.clientY, from);
    for (const [index, { row }] of rows.entries()) {
      row.classList.toggle('drops-before', index === to && to < from);
      row.classList.toggle('drops-after', index === to && to > from);
    }
  };
  const end = (event: PointerEvent) => {
    handle.removeEventListener('pointermove', move);
    dragged?.row.classList.remove('is-dragged');
    for (const { row } of rows) row.classList.remove('drops-before', 'drops-after');
    if (event.type === 'pointerup' && dragged && to !== from) send(dragged.form, to);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', end, { once: true });
  handle.addEventListener('pointercancel', end, { once: true });
}

/** Where the dragged row would stand if it were dropped at this height. */
function placeAt(y: number, from: number): number {
  const above = rows.filter(({ row }, index) => {
    const box = row.getBoundingClientRect();
    return index !== from && box.top + box.height / 2 < y;
  });
  return above.length;
}
