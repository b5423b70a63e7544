import type { egressOperations } from '@siar/contract'
import type { Call, CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

const proxy: Call = async ({ newProxy }) => ({ params: { proxyId: await newProxy() } })
const sender: Call = async ({ newSender }) => ({ params: { senderId: await newSender() } })
const list: Call = () => ({ body: { text: 'someone:secret@proxy.example:8081' } })

export const egressCases: CasesOf<typeof egressOperations> = {
  'proxies.list': own(),
  'proxies.create': own(({ name }) => ({
    body: { name: name('proxy'), scheme: 'http', host: 'proxy.example', port: 8080, username: name('user') },
  })),
  'proxies.update': foreign(async (place) => ({
    ...(await proxy(place)),
    body: { name: place.name('proxy') },
  })),
  'proxies.remove': foreign(proxy),
  'proxies.check': foreign(proxy),
  'proxies.previewList': silent(list),
  'proxies.importList': silent(list),
  'egress.getRules': silent(),
  'egress.setRules': silent(() => ({ body: { sendersPerAddress: 4, dailyCostMax: null } })),
  'egress.get': foreign(sender),
  'egress.set': foreign(async (place) => ({
    ...(await sender(place)),
    body: { kind: 'proxy', proxyId: await place.newProxy() },
  })),
}
