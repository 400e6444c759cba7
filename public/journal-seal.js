// Seals what is written into the journal of an attempt, as the server opens it: a compact JWE under a key of that attempt (dir, A256GCM;
// RFC 7516). The key lies in the page alone, and cannot be read out of it again.

const algorithm = 'AES-GCM';
const ivBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes, base64url */
export async function importSeal(key, attempt) {
  const secret = await crypto.subtle.importKey('raw', bytesOf(key), algorithm, false, ['encrypt', 'decrypt']);
  const said = { alg: 'dir', enc: 'A256GCM', typ: 'mustaqil-journal', kid: attempt };
  const header = textOf(new TextEncoder().encode(JSON.stringify(said)));

  return {
    async seal(entry) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const plain = new TextEncoder().encode(JSON.stringify(entry));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(how(iv, header), secret, plain));
      const parts = [iv, sealed.subarray(0, -tagBytes), sealed.subarray(-tagBytes)].map(textOf);
      return `${header}..${parts.join('.')}`;
    },
    /** Null for what was sealed for another attempt, or under another key. */
    async open(sealed) {
      try {
        const [by, , iv, text, tag] = sealed.split('.');
        const both = new Uint8Array([...bytesOf(text), ...bytesOf(tag)]);
        const plain = await crypto.subtle.decrypt(how(bytesOf(iv), by), secret, both);
        return JSON.parse(new TextDecoder().decode(plain));
      } catch {
        return null;
      }
    },
  };
}

function how(iv, header) {
  return { name: algorithm, iv, additionalData: new TextEncoder().encode(header), tagLength: 8 * tagBytes };
}

function textOf(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return window.btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

function bytesOf(text) {
  const letters = window.atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
