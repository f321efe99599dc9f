import { h } from './dom.js';
import { icon } from './icons.js';
import { sizeOf } from './media.js';

/** What Discord takes at once. @see https://docs.discord.com/developers/reference#uploading-files */
export const LIMITS = { fileSize: 10 * 1_048_576, totalSize: 25 * 1_048_576, files: 10 };

/** Why files cannot all be sent, in words; null when they can. */
export function faultOf(files, texts, maximum = LIMITS.files) {
  const large = files.find(({ size }) => size > LIMITS.fileSize);
  if (large) return texts.fileTooLarge(large.name);
  if (files.length > maximum) return texts.tooManyFiles(maximum);
  return files.reduce((sum, { size }) => sum + size, 0) > LIMITS.totalSize ? texts.filesTooLarge : null;
}

/** A file as JSON: its name, and its bytes in base64. */
export async function givenFile(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { filename: file.name, content: url.slice(url.indexOf(',') + 1) };
}

/** A field that takes files, chosen or dropped. */
export function pickFiles({ texts, locale, id, maximum }) {
  const picked = { files: [] };
  const input = h('input.spoken', { type: 'file', id, multiple: maximum > 1, tabindex: -1 });
  const list = h('ul.picked-files');
  const error = h('small.field-error', { role: 'alert' });
  const button = h(
    'button.drop-field',
    { type: 'button', onclick: () => input.click() },
    icon('upload', 20),
    h('span', {}, texts.dropOrChoose),
  );
  const draw = () => {
    const remove = (file) => {
      picked.files = picked.files.filter((it) => it !== file);
      draw();
    };
    const rows = picked.files.map((file) =>
      h(
        'li',
        {},
        h('span', {}, file.name),
        h('small', {}, sizeOf(file.size, locale)),
        h(
          'button.icon',
          { type: 'button', 'aria-label': texts.removeFile(file.name), onclick: () => remove(file) },
          icon('close', 14),
        ),
      ),
    );
    list.replaceChildren(...rows);
    picked.element.dispatchEvent(new Event('input'));
  };
  const add = (files) => {
    const all = maximum === 1 ? [...files].slice(0, 1) : [...picked.files, ...files];
    const fault = faultOf(all, texts, maximum);
    error.textContent = fault ?? '';
    if (!fault) picked.files = all;
    input.value = '';
    draw();
  };
  input.addEventListener('change', () => add([...input.files]));
  picked.element = h(
    'div.file-field',
    {
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => {
        event.preventDefault();
        event.stopPropagation();
        add([...event.dataTransfer.files]);
      },
    },
    input,
    button,
    list,
    error,
  );
  picked.focus = () => button.focus();
  return picked;
}
