import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, test } from 'vitest'
import { UploadProbe } from './upload-probe.ts'

async function probe(bytes: Buffer, pieceBytes: number): Promise<UploadProbe> {
  const pieces = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  const seen = new UploadProbe()
  await pipeline(Readable.from(pieces), seen, async (through) => {
    for await (const _piece of through) continue
  })
  return seen
}

describe('wherever the pieces of a file are cut', () => {
  test.each([1, 2, 3, 5, 1000])('in pieces of %i bytes', async (pieceBytes) => {
    const text = Buffer.from('a,é,字,🙏\nb\n\n🙏')
    expect(await probe(text, pieceBytes)).toMatchObject({ isUtf8: true, lines: 4, isWholeFile: true })
    expect((await probe(Buffer.from('José\n', 'latin1'), pieceBytes)).isUtf8).toBe(false)
    expect((await probe(text.subarray(0, text.length - 1), pieceBytes)).isUtf8).toBe(false)
  })
})

test('keeps the beginning only, however long the file is', async () => {
  const seen = await probe(Buffer.from('0812\n'.repeat(200_000)), 65_536)
  expect(seen).toMatchObject({ lines: 200_000, isWholeFile: false })
  expect(seen.head.length).toBe(262_144)
})
