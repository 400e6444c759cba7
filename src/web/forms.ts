// Reads the body of a form, with or without files, within bounds. Fields are texts; a repeated field is a list of texts.
import express, { type Request, type RequestHandler } from 'express';
import multer from 'multer';

/** The largest form: a long essay, or a file of a thousand questions. */
const maximumBytes = 2 * 1024 * 1024;

/** Reads `application/x-www-form-urlencoded` into `req.body`. */
export const readForms: RequestHandler = express.urlencoded({
  extended: false,
  limit: maximumBytes,
  parameterLimit: 5000,
});

/**
 * Reads `multipart/form-data` with one file, or as many as are said, into `req.body` and `req.files`. Browsers say beforehand how much they send; who does
 * not, or says too much, is not read at all. A body that breaks off, or is no form, is the sender's fault; the parser's own errors
 * do not say so.
 */
export function readUpload({
  fileBytes,
  bodyBytes,
  files = 1,
}: {
  fileBytes: number;
  bodyBytes: number;
  files?: number;
}): RequestHandler {
  const readFiles = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: fileBytes, fieldSize: maximumBytes, files, fields: files === 1 ? 200 : 2000 },
  }).any();
  return (req, res, next) => {
    const isTooLarge = !(Number(req.headers['content-length']) <= bodyBytes);
    if (req.is('multipart/form-data') && isTooLarge) {
      next(Object.assign(new Error('too large'), { status: 413 }));
      return;
    }
    void readFiles(req, res, (error: unknown) => {
      next(
        error instanceof Error && !(error instanceof multer.MulterError)
          ? Object.assign(error, { status: 400 })
          : error,
      );
    });
  };
}

/** For all forms that need no more. */
export const readUploads: RequestHandler = readUpload({ fileBytes: maximumBytes, bodyBytes: 2 * maximumBytes });

/** The bytes of a form's one file; null where none was chosen (browsers then send an empty one). */
export function uploadedFile(req: Request): Uint8Array | null {
  const file = Array.isArray(req.files) ? req.files[0] : undefined;
  return file && file.size > 0 ? file.buffer : null;
}

/** A file of a form that may have several: by the name of its field; null where none was chosen. */
export function namedFile(req: Request, field: string): { name: string; bytes: Uint8Array } | null {
  const files = Array.isArray(req.files) ? req.files : [];
  const file = files.find((one) => one.fieldname === field && one.size > 0);
  // The parser takes names for Latin-1, and browsers write them in UTF-8.
  return file ? { name: Buffer.from(file.originalname, 'latin1').toString('utf8'), bytes: file.buffer } : null;
}

/** A form's fields, each as a list, whatever the parser made of repetitions. */
export function formFields(req: Request): Map<string, string[]> {
  const fields = Object.entries((req.body ?? {}) as Record<string, unknown>);
  return new Map(
    fields.map(([name, value]) => [name, [value].flat().filter((one): one is string => typeof one === 'string')]),
  );
}

/** The token in a form, whoever it was for. */
export function csrfField(req: Request): string {
  const field = (req.body as Record<string, unknown> | undefined)?._csrf;
  return typeof field === 'string' ? field : '';
}
