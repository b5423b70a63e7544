import { faults } from './graph-fault.ts'

export interface StoredMedia {
  readonly id: string
  readonly numberId: string
  readonly mimeType: string
  readonly data: Buffer
}

const megabyte = 1_000_000

/** Source: Meta, supported media types. */
const limits: readonly { readonly types: readonly string[]; readonly bytesMax: number }[] = [
  { types: ['image/jpeg', 'image/png'], bytesMax: 5 * megabyte },
  { types: ['image/webp'], bytesMax: megabyte / 2 },
  { types: ['video/mp4', 'video/3gpp'], bytesMax: 16 * megabyte },
  {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/opus'],
    bytesMax: 16 * megabyte,
  },
  {
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    bytesMax: 100 * megabyte,
  },
]

/** Files uploaded by numbers. */
export class MediaStore {
  private readonly files = new Map<string, StoredMedia>()
  private made = 0

  /** @throws GraphFault for a type or a size that Meta does not take. */
  add(numberId: string, mimeType: string, data: Buffer): StoredMedia {
    const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? ''
    const limit = limits.find(({ types }) => types.includes(type))
    if (limit === undefined) throw faults.parameter(`Param file must be of a supported type, not ${type}`)
    if (data.byteLength === 0 || data.byteLength > limit.bytesMax)
      throw faults.parameter('The file is too large')
    this.made += 1
    const id = String(1_000_000_000_000_000 + this.made)
    const file = { id, numberId, mimeType: type, data }
    this.files.set(id, file)
    return file
  }

  find(id: string): StoredMedia | undefined {
    return this.files.get(id)
  }

  /** Forgets one file, or all: what Meta does after 30 days. */
  expire(id?: string): void {
    if (id === undefined) this.files.clear()
    else this.files.delete(id)
  }

  uploads(): number {
    return this.made
  }
}
