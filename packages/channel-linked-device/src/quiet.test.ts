import { expect, test, vi } from 'vitest'
import { connectOnline, reader, startRig } from './testing/harness.ts'

test('no key of a session is printed, whatever the libraries print', async () => {
  const rig = await startRig()
  const written: string[] = []
  const keep = (chunk: unknown): boolean => written.push(String(chunk)) > 0
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(keep as never),
  )
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  for (const text of ['satu', 'dua']) {
    await rig.server.control.forgetSession(request.senderId, reader)
    const id = await rig.network.control.incoming(request.senderId, reader, text)
    await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
  }
  await connection.session.close()
  await rig.close()
  for (const spy of spies) spy.mockRestore()
  expect(written.filter((line) => line.includes('privKey') || line.includes('SessionEntry'))).toEqual([])
})
