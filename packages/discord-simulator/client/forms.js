import { byId, h } from './dom.js';

/** A modal of the application: its text inputs in a dialog. */
export function askModal(client, modal) {
  const inputs = modal.components.flatMap(
    (row) => row.components ?? (row.component ? [{ label: row.label, ...row.component }] : []),
  );
  const fields = inputs.map((input) => {
    const control = h(input.style === 2 ? 'textarea' : 'input', {
      name: input.custom_id,
      required: input.required ?? true,
      placeholder: input.placeholder,
      minlength: input.min_length,
      maxlength: input.max_length,
    });
    control.value = input.value ?? '';
    return { id: input.custom_id, control, element: h('label', {}, h('b', {}, input.label), control) };
  });
  const { texts } = client;
  const submit = (event) => {
    event.preventDefault();
    byId('dialog').close();
    const values = Object.fromEntries(fields.map(({ id, control }) => [id, control.value]));
    void client.act('modals', { customId: modal.custom_id, fields: values });
  };
  const actions = h(
    'div.actions',
    {},
    h('button.button.primary', { type: 'submit' }, texts.submit),
    h('button.button.secondary', { type: 'button', onclick: () => byId('dialog').close() }, texts.cancel),
  );
  openDialog(
    modal.title,
    h(
      'form',
      { method: 'dialog', onsubmit: submit },
      h('h2', {}, modal.title),
      ...fields.map((it) => it.element),
      actions,
    ),
  );
}

/** Shows `content` above everything; Escape closes it. */
export function openDialog(name, content) {
  const dialog = byId('dialog');
  dialog.setAttribute('aria-label', name);
  dialog.replaceChildren(content);
  if (!dialog.open) dialog.showModal();
  content.querySelector('input, select, textarea')?.focus();
}
