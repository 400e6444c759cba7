// A file of any kind, as it comes from a teacher's disk.
import { describe, expect, test } from '@jest/globals';
import { readQuestionFile } from '../../src/questions/read-question-file.ts';

const read = (bytes: Uint8Array | string, name = 'savollar') =>
  readQuestionFile({ bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, name }, { format: 'auto' });

describe('A text', () => {
  test('is read', async () => {
    expect(await read('Suv qaynaydi {T}')).toMatchObject({ format: 'gift', questions: [{ line: 1 }], problems: [] });
  });
});
