// What is read of a text that may be a rescue file.
import { expect, test } from '@jest/globals';
import { CompactEncrypt } from 'jose';
import { journalPurpose } from '../../src/attempts/journal/entry.ts';
import { sealedIn } from '../../src/attempts/rescue/rescue-file.ts';

const sealed = (kid: string, typ: string = journalPurpose) =>
  new CompactEncrypt(new TextEncoder().encode('{}'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ, kid })
    .encrypt(new Uint8Array(32));

test('Of a rescue file each entry is found with its attempt, whatever a mail did to the lines', async () => {
  const [one, two, other] = [await sealed('7'), await sealed('7'), await sealed('12')];
  const text = `Mustaqil rescue file 1\r\nhttps://quiz.example.edu\n> give this to your teacher\n  ${one} \r\n\r\n${other}\t${two}\n${one}`;
  expect([...sealedIn(text)]).toEqual([
    [7, [one, two]],
    [12, [other]],
  ]);
});

test.each(['', 'I answered everything!', 'a.b.c', 'e30..a.b.c', 'not-json..a.b.c'])('In %j there is none', (text) => {
  expect(sealedIn(text).size).toBe(0);
});

test('What was sealed for something else is none, and half an entry neither', async () => {
  const entry = await sealed('7');
  expect(sealedIn(await sealed('7', 'login')).size).toBe(0);
  expect(sealedIn(await sealed('seven')).size).toBe(0);
  expect(sealedIn(entry.slice(0, entry.lastIndexOf('.'))).size).toBe(0);
});
