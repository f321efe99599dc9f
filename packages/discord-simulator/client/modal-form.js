import { post } from './api.js';
import { byId, h } from './dom.js';
import { openDialog } from './forms.js';
import { icon } from './icons.js';
import { renderMarkdown } from './markdown.js';
import { modalField } from './modal-fields.js';

const TEXT_DISPLAY = 10;

/**
 * A modal of the application. It stays until its answer came, so that nothing typed is lost.
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
 */
export function askModal(talk, modal) {
  const { texts } = talk;
  const fields = [];
  const body = modal.components.map((component) => {
    if (component.type === TEXT_DISPLAY)
      return h('div.text-display', {}, ...renderMarkdown(component.content, talk.names));
    const inputs = component.component
      ? [{ ...component.component, label: component.label, description: component.description }]
      : (component.components ?? []);
    const drawn = inputs.map((input) => modalField(talk, input));
    fields.push(...drawn);
    return h('div.modal-part', {}, ...drawn.map(({ element }) => element));
  });
  const error = h('p.failed', { role: 'alert', hidden: true }, icon('warning', 16), h('span'));
  const submit = h('button.button.primary', { type: 'submit' }, texts.submit);
  const close = () => byId('dialog').close();
  const send = (event) => {
    event.preventDefault();
    void sendModal(talk, modal, { fields, error, submit });
  };
  const form = h(
    'form.modal-form',
    { method: 'dialog', novalidate: true, onsubmit: send },
    h(
      'div.modal-head',
      {},
      h('h2', {}, modal.title),
      h('button.icon', { type: 'button', 'aria-label': texts.close, onclick: close }, icon('close', 20)),
    ),
    h('div.modal-body', {}, h('p.modal-hint', {}, icon('warning', 16), texts.modalHint), ...body),
    error,
    h('div.actions', {}, h('button.button.secondary', { type: 'button', onclick: close }, texts.cancel), submit),
  );
  openDialog(modal.title, form);
}

async function sendModal(talk, modal, { fields, error, submit }) {
  const { texts } = talk;
  const wrong = fields.filter((field) => !field.check());
  if (wrong.length > 0) {
    wrong[0].focus();
    return;
  }
  error.hidden = true;
  submit.disabled = true;
  try {
    const entries = await Promise.all(fields.map(async ({ id, read }) => [id, await read()]));
    const given = { customId: modal.custom_id, fields: Object.fromEntries(entries) };
    const { status } = await post('modals', { as: talk.me.id, channelId: talk.channelId, ...given });
    if (status === 'failed') throw new Error(texts.modalFailed);
    if (submit.isConnected) byId('dialog').close();
  } catch (reason) {
    error.lastChild.textContent = reason.message;
    error.hidden = false;
    submit.disabled = false;
  }
}
