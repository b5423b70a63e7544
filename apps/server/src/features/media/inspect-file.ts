import { AppError } from '@siar/domain'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { Sharp } from 'sharp'

/** WhatsApp takes images up to 5 MB and documents up to 100 MB. Source: channels.md §1. */
const IMAGE_BYTES_MAX = 5 * 1024 * 1024
const IMAGE_EDGE_MAX = 2560
const THUMBNAIL_EDGE = 320
/** Bounds what a small file may unpack to. */
const PIXELS_MAX = 50_000_000

const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])
const DOCUMENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
])

export interface InspectedFile {
  readonly kind: 'image' | 'document'
  readonly mimeType: string
  readonly extension: string
  readonly bytes: Uint8Array
  readonly width: number | null
  readonly height: number | null
  /** JPEG, for lists; only of images. */
  readonly thumbnail: Uint8Array | null
}

/**
 * Tells what a file is by its bytes, whatever it is called, and makes an image fit for every channel: JPEG or PNG,
 * upright, at most 2,560 pixels wide or high and 5 MB, without its hidden data (place, camera).
 *
 * @throws AppError `media_invalid` for any other kind of file, a broken image, or one of more than 50 million pixels.
 */
export async function inspectFile(bytes: Uint8Array, fileName: string): Promise<InspectedFile> {
  const type = await fileTypeFromBuffer(bytes)
  if (type && IMAGE_TYPES.has(type.mime)) return inspectImage(bytes)
  const extension = type ? DOCUMENT_TYPES.get(type.mime) : undefined
  if (type && extension) return document(bytes, type.mime, extension)
  if (!type && isPlainText(bytes) && /\.(txt|csv)$/i.test(fileName))
    return document(bytes, 'text/plain', 'txt')
  throw new AppError('media_invalid', {
    reason: 'only JPEG, PNG, WebP, PDF, Office and text files',
    found: type?.mime ?? 'unknown',
  })
}

function document(bytes: Uint8Array, mimeType: string, extension: string): InspectedFile {
  return { kind: 'document', mimeType, extension, bytes, width: null, height: null, thumbnail: null }
}

function isPlainText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 64 * 1024).includes(0)
}

async function inspectImage(bytes: Uint8Array): Promise<InspectedFile> {
  try {
    return await compressImage(bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('media_invalid', { reason: 'the image cannot be read' }, { cause: error })
  }
}

async function compressImage(bytes: Uint8Array): Promise<InspectedFile> {
  const open = () => sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' }).rotate()
  const { hasAlpha } = await sharp(bytes, { limitInputPixels: PIXELS_MAX }).metadata()
  const fitted = () =>
    open().resize(IMAGE_EDGE_MAX, IMAGE_EDGE_MAX, { fit: 'inside', withoutEnlargement: true })
  const png = hasAlpha
    ? await fitted().png({ compressionLevel: 9, palette: true }).toBuffer({ resolveWithObject: true })
    : null
  const usePng = png !== null && png.data.length <= IMAGE_BYTES_MAX
  const { data, info } = usePng ? png : await toJpeg(fitted)
  const thumbnail = await open()
    .resize(THUMBNAIL_EDGE, THUMBNAIL_EDGE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 78 })
    .toBuffer()
  const [mimeType, extension] = usePng ? ['image/png', 'png'] : ['image/jpeg', 'jpg']
  return {
    kind: 'image',
    mimeType,
    extension,
    bytes: data,
    width: info.width,
    height: info.height,
    thumbnail,
  }
}

async function toJpeg(open: () => Sharp) {
  for (const quality of [86, 76, 64, 50]) {
    const result = await open()
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer({ resolveWithObject: true })
    if (result.data.length <= IMAGE_BYTES_MAX) return result
  }
  throw new AppError('media_invalid', { reason: 'the image cannot be made smaller than 5 MB' })
}
