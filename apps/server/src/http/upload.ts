import { AppError, isAppError } from '@siar/domain'
import type { FastifyRequest } from 'fastify'
import type { UploadedFile } from '../storage/file-store.ts'

/**
 * Opens the file of an upload without reading it.
 *
 * @throws AppError `unsupported_media_type` for a body that is no form, `validation_failed` when the field `file` is
 *         missing, `bad_request` for a form that cannot be read.
 */
export async function openUpload(request: FastifyRequest): Promise<UploadedFile> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_media_type', { reason: 'multipart/form-data is needed' })
  }
  const part = await request.file().catch((error: unknown) => {
    throw hasStatus(error) ? error : malformed(error)
  })
  if (part?.fieldname !== 'file') {
    part?.file.resume()
    throw new AppError('validation_failed', { problems: [{ path: 'file', message: 'a file is needed' }] })
  }
  return { fileName: part.filename, mimeType: part.mimetype, content: part.file }
}

/**
 * Runs a handler on an upload; a form that broke off while it was read is the client's mistake, and what was not read is
 * thrown away, so that the connection can go on.
 */
export async function useUpload<T>(file: UploadedFile | null, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw file?.content.errored && !isAppError(error) ? malformed(error) : error
  } finally {
    if (file && !file.content.destroyed) file.content.resume()
  }
}

function hasStatus(error: unknown): boolean {
  return typeof (error as { statusCode?: unknown }).statusCode === 'number'
}

function malformed(cause: unknown): AppError {
  return new AppError('bad_request', { reason: 'upload_incomplete' }, { cause })
}
