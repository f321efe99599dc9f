// Replaces one file for ever, by one that is all `a` or all `b`: `file-writer.mjs <disk-file-store.ts> <folder>`.
const [, , source, folder] = process.argv;
const { DiskFileStore } = await import(source);
const store = new DiskFileStore(folder);

async function* pieces(letter) {
  for (let index = 0; index < 20; index += 1) yield Buffer.alloc(100_000, letter);
}

for (let round = 0; ; round += 1) {
  const letter = round % 2 === 0 ? 'a' : 'b';
  await store.put('specs/one', pieces(letter), { contentType: `text/${letter}`, maxBytes: 10_000_000 });
  process.stdout.write(`${round}\n`);
}
