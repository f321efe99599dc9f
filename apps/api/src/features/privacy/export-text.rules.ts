/** A section of the copy of somebody's data. */
export interface ExportSection {
  section: string;
  items: AsyncIterable<unknown>;
}

/** All sections as one JSON object of lists, piece by piece. */
export async function* exportText(sections: readonly ExportSection[], exportedAt: Date): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(exportedAt)}`;
  for (const { section, items } of sections) {
    yield `,\n${JSON.stringify(section)}:[`;
    let isFirst = true;
    for await (const item of items) {
      yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`;
      isFirst = false;
    }
    yield ']';
  }
  yield '}\n';
}
