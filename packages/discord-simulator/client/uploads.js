import { h } from './dom.js';
import { faultOf } from './files.js';
import { icon } from './icons.js';
import { sizeOf } from './media.js';

/** The files that go with the next message of a talk: chosen, dropped or pasted. */
export class Uploads {
  files = [];

  constructor(talk) {
    this.talk = talk;
    this.tray = talk.part('tray');
    this.input = talk.part('files');
    this.input.addEventListener('change', () => {
      this.add([...this.input.files]);
      this.input.value = '';
    });
    talk.part('attach').addEventListener('click', () => this.input.click());
    talk.part('text').addEventListener('paste', (event) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      this.add(files);
    });
    this.listenToDrop(talk.root);
  }

  get canAttach() {
    const { channel } = this.talk;
    return Boolean(channel?.canWrite && channel.canAttach);
  }

  listenToDrop(root) {
    const isFiles = ({ dataTransfer }) => this.canAttach && dataTransfer.types.includes('Files');
    root.addEventListener('dragover', (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      root.classList.add('dropping');
      root.dataset.drop = this.talk.texts.dropHere;
    });
    root.addEventListener(
      'dragleave',
      (event) => !root.contains(event.relatedTarget) && root.classList.remove('dropping'),
    );
    root.addEventListener('drop', (event) => {
      root.classList.remove('dropping');
      if (!isFiles(event)) return;
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
  }

  add(files) {
    const { composer, texts } = this.talk;
    if (!this.canAttach || files.length === 0) return;
    const all = [...this.files, ...files.map((file) => ({ file, isSpoiler: false, preview: previewOf(file) }))];
    const fault = faultOf(
      all.map(({ file }) => file),
      texts,
    );
    composer.say(fault ?? '');
    if (fault) return;
    this.files = all;
    this.draw();
    this.talk.part('text').focus();
  }

  remove(entry) {
    this.files = this.files.filter((it) => it !== entry);
    if (entry.preview) URL.revokeObjectURL(entry.preview);
    this.draw();
    this.talk.part('text').focus();
  }

  clear() {
    for (const { preview } of this.files) if (preview) URL.revokeObjectURL(preview);
    this.files = [];
    this.draw();
  }

  draw() {
    const { texts } = this.talk;
    this.tray.hidden = this.files.length === 0;
    this.tray.setAttribute('aria-label', texts.filesToSend);
    this.tray.replaceChildren(...this.files.map((entry) => this.drawFile(entry)));
  }

  drawFile(entry) {
    const { texts, locale } = this.talk;
    const { file, preview, isSpoiler } = entry;
    const tool = (sign, label, { act, isPressed = null }) =>
      h(
        'button',
        { type: 'button', 'aria-label': label, title: label, 'aria-pressed': isPressed, onclick: act },
        icon(sign, 18),
      );
    const toggle = () => {
      entry.isSpoiler = !entry.isSpoiler;
      this.draw();
    };
    return h(
      `div.upload${isSpoiler ? '.is-spoiler' : ''}`,
      {},
      h('div.upload-face', {}, preview ? h('img', { src: preview, alt: '' }) : icon('file', 56)),
      h('span.upload-name', { title: file.name }, file.name),
      h('small', {}, sizeOf(file.size, locale)),
      h(
        'div.upload-tools',
        {},
        tool('eye', texts.markSpoiler(file.name), { act: toggle, isPressed: String(isSpoiler) }),
        tool('trash', texts.removeFile(file.name), { act: () => this.remove(entry) }),
      ),
    );
  }

  /**
   * Sends a message with these files, and shows how far it is.
   * @returns {Promise<object>} what the server answers
   * @throws Error with what it says when it refuses
   */
  send(message, files) {
    const form = new FormData();
    const attachments = files.map(({ file, isSpoiler }, id) => ({ id, filename: file.name, is_spoiler: isSpoiler }));
    form.append('payload_json', JSON.stringify({ ...message, attachments }));
    for (const [index, { file }] of files.entries()) form.append(`files[${index}]`, file, file.name);
    const bar = h('progress', { max: 1, value: 0, 'aria-label': this.talk.texts.uploading });
    this.tray.replaceChildren(h('span', {}, this.talk.texts.uploading), bar);
    this.tray.hidden = false;
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
      request.onerror = () => reject(new Error(this.talk.texts.uploadFailed));
      request.onload = () => {
        if (request.status === 200) resolve(request.response);
        else reject(new Error(request.response?.error ?? this.talk.texts.uploadFailed));
      };
      request.open('POST', '/client/messages');
      request.send(form);
    }).finally(() => this.draw());
  }
}

const previewOf = (file) => (/^image\/(?!svg)/.test(file.type) ? URL.createObjectURL(file) : null);
