import { element, freshId } from './element.ts';
import type { Words } from './words.ts';

type Input = {
  label: string;
  hint?: string;
  value?: string;
  type?: string;
  accept?: string;
  multiline?: boolean;
};
type Asked = { title: string; inputs: Input[]; confirm: string; cancel: string };
/** Answers with what is wrong, or with nothing where all is well and the dialog may close. */
type Check = (values: string[], files: (File | undefined)[]) => Promise<string | undefined>;

/** A small form over the page; the focus goes back to where it was. */
function ask({ title, inputs, confirm, cancel }: Asked, check: Check): Promise<boolean> {
  const heading = element('h2', { id: freshId('dialog') }, [title]);
  const controls = inputs.map(controlOf);
  const error = element('p', { class: 'field-error', role: 'alert' });
  const submit = element('button', { class: 'button primary', type: 'submit' }, [confirm]);
  const close = element('button', { class: 'button secondary', type: 'button' }, [cancel]);
  const form = element('form', { class: 'form', method: 'dialog', novalidate: true }, [
    heading,
    ...controls.map(({ field }) => field),
    error,
    element('div', { class: 'button-row' }, [submit, close]),
  ]);
  const dialog = element('dialog', { class: 'editor-dialog', 'aria-labelledby': heading.id }, [form]);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const finish = (isDone: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(isDone);
    };
    close.addEventListener('click', () => finish(false));
    dialog.addEventListener('cancel', () => finish(false));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      submit.disabled = true;
      const files = controls.map(({ control }) =>
        control instanceof HTMLInputElement ? control.files?.[0] : undefined,
      );
      const wrong = await check(
        controls.map(({ control }) => control.value.trim()),
        files,
      );
      submit.disabled = false;
      error.textContent = wrong ?? '';
      if (wrong === undefined) finish(true);
    });
    dialog.showModal();
    controls[0]?.control.focus();
  });
}

function controlOf({ label, hint, value, type, accept, multiline }: Input) {
  const id = freshId('field');
  const described = hint ? `${id}-hint` : undefined;
  const control = multiline
    ? element('textarea', { id, rows: '3', 'aria-describedby': described })
    : element('input', { id, type: type ?? 'text', accept, 'aria-describedby': described });
  if (value !== undefined) control.value = value;
  const field = element('div', { class: 'field' }, [
    element('label', { for: id }, [label]),
    ...(hint ? [element('p', { class: 'hint', id: `${id}-hint` }, [hint])] : []),
    control,
  ]);
  return { field, control };
}

/** As the server allows links: http(s), mail, telephone, a path of this site or a place of this page. */
const allowed = /^(https?:\/\/\S+|mailto:\S+|tel:\S+|\/(?![/\\])\S*|#\S+)$/i;

export function isAllowedLink(href: string): boolean {
  return allowed.test(href);
}

export async function askLink(words: Words, present: { href: string; text: string; hasText: boolean }) {
  let chosen = { href: '', text: '' };
  const inputs: Input[] = [{ label: words.linkAddress, value: present.href, type: 'url' }];
  if (!present.hasText) inputs.push({ label: words.linkText, value: present.text });
  const isDone = await ask(
    { title: words.link, inputs, confirm: words.insert, cancel: words.cancel },
    async ([address = '', text = '']) => {
      const href = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(address) ? `https://${address}` : address;
      if (href && !allowed.test(href)) return words.linkWrong;
      chosen = { href, text: text || href };
      return undefined;
    },
  );
  return isDone ? chosen : undefined;
}

type Upload = (file: File) => Promise<string>;

/** A picture and its words, asked together: nobody comes back later to describe it. */
export async function askImage(
  words: Words,
  upload: Upload,
): Promise<{ src: string; alt: string } | undefined> {
  let chosen: { src: string; alt: string } | undefined;
  await ask(
    {
      title: words.image,
      inputs: [
        { label: words.imageFile, type: 'file', accept: '.png,.jpg,.jpeg,.webp' },
        { label: words.imageAlt, hint: words.imageAltHint, multiline: true },
      ],
      confirm: words.insert,
      cancel: words.cancel,
    },
    async ([, alt = ''], [file]) => {
      if (!file) return words.imageFile;
      if (!alt) return words.imageAltNeeded;
      try {
        chosen = { src: await upload(file), alt };
        return undefined;
      } catch (error) {
        return error instanceof Error && error.message ? error.message : words.imageFailed;
      }
    },
  );
  return chosen;
}

export async function askAlt(words: Words, present: string): Promise<string | undefined> {
  let alt = present;
  const isDone = await ask(
    {
      title: words.changeAlt,
      inputs: [{ label: words.imageAlt, hint: words.imageAltHint, value: present, multiline: true }],
      confirm: words.insert,
      cancel: words.cancel,
    },
    async ([text = '']) => {
      alt = text;
      return text ? undefined : words.imageAltNeeded;
    },
  );
  return isDone ? alt : undefined;
}
