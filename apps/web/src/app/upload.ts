import { baseHeaders, readBody } from './api.ts'
import { buildUrl } from './operation.ts'
import type { Operation, OperationOutput } from './operation.ts'
import { parseProblem, unreachable } from './problem.ts'

export type UploadInput = {
  file: File
  /** Name of the file part; `file` when left out. */
  fileField?: string
  /** Text parts sent before the file, so the server can decide while it streams. */
  fields?: Record<string, string>
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined>
  idempotencyKey?: string
  signal?: AbortSignal
  /** Bytes sent so far, as a share 0..1. */
  onProgress?: (ratio: number) => void
}

/**
 * Sends one file as multipart/form-data, telling how far it is (fetch cannot, so XMLHttpRequest is used).
 *
 * @throws ApiProblem as `call` does; AbortError when the signal aborts.
 */
export function upload<O extends Operation>(operation: O, input: UploadInput): Promise<OperationOutput<O>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(input.fields ?? {})) form.append(name, value)
  form.append(input.fileField ?? 'file', input.file, input.file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(operation.method, buildUrl(operation.path, input.params, input.query))
    request.withCredentials = true
    for (const [name, value] of Object.entries(baseHeaders(input.idempotencyKey))) {
      request.setRequestHeader(name, value)
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) input.onProgress?.(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve(readBody(operation, request.responseText))
      reject(parseProblem(request.status, request.responseText, (name) => request.getResponseHeader(name)))
    }
    request.onerror = () => reject(unreachable(new Error('network')))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    input.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
