import type { importOperations } from '@siar/contract'
import { importOptions, textFile } from '../world/place.ts'
import type { Call, CasesOf } from './case.ts'
import { foreign, own } from './case.ts'

const uploaded: Call = async ({ newImport }) => ({ params: { importId: await newImport() } })

export const importCases: CasesOf<typeof importOperations> = {
  'imports.upload': own(({ name, phone }) => ({
    file: { ...textFile(`${name('row')},${phone()}\n`), name: `${name('file')}.csv` },
  })),
  'imports.paste': own(({ name, phone }) => ({ body: { text: `${name('row')},${phone()}\n` } })),
  'imports.fromSender': foreign(async ({ newSender }) => ({ body: { senderId: await newSender() } })),
  'imports.list': own(),
  'imports.get': foreign(uploaded),
  'imports.preview': foreign(async (place) => ({ ...(await uploaded(place)), body: importOptions })),
  'imports.start': foreign(async (place) => ({ ...(await uploaded(place)), body: importOptions })),
  'imports.cancel': foreign(async ({ newRunningImport }) => ({
    params: { importId: await newRunningImport() },
  })),
  'imports.remove': foreign(uploaded),
  'imports.rejects': foreign(async (place) => {
    const importId = await place.newRunningImport()
    await place.world.core.jobs.drain()
    return { params: { importId } }
  }),
}
