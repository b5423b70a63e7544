import { faults } from './graph-fault.ts'

export interface FormPart {
  readonly name: string
  readonly fileName: string | null
  readonly mimeType: string | null
  readonly data: Buffer
}

const blankLine = Buffer.from('\r\n\r\n')

function readPart(bytes: Buffer): FormPart {
  const end = bytes.indexOf(blankLine)
  if (end < 0) throw faults.parameter('The form is broken')
  const head = bytes.toString('utf8', 0, end)
  const name = /;\s*name="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) throw faults.parameter('The form is broken')
  return {
    name,
    fileName: /;\s*filename="([^"]*)"/i.exec(head)?.[1] ?? null,
    mimeType: /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? null,
    data: bytes.subarray(end + blankLine.length),
  }
}

/** Reads `multipart/form-data`. @throws GraphFault when it is cut off or none. */
export function readForm(contentType: string, body: Buffer): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!contentType.toLowerCase().startsWith('multipart/form-data') || boundary === undefined) {
    throw faults.parameter('A form is needed')
  }
  const parts: FormPart[] = []
  const separator = Buffer.from(`\r\n--${boundary}`)
  let start = body.indexOf(`--${boundary}`)
  if (start !== 0) throw faults.parameter('The form is broken')
  start = separator.length
  for (;;) {
    const end = body.indexOf(separator, start)
    if (end < 0) throw faults.parameter('The form is cut off')
    parts.push(readPart(body.subarray(start, end)))
    start = end + separator.length
    if (body.toString('latin1', start, start + 2) === '--') return parts
    start += 2
  }
}
