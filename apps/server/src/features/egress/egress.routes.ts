import { egressOperations as operations } from '@siar/contract'
import type { ProxyId, SenderId } from '@siar/domain'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { ListLine } from './proxy-list.ts'
import type { ProxyService } from './proxies.service.ts'
import type { SenderEgressService } from './sender-egress.service.ts'

export function egressBindings(proxies: ProxyService, senders: SenderEgressService): Binding[] {
  const proxy = (params: { proxyId: string }): ProxyId => params.proxyId as ProxyId
  const sender = (params: { senderId: string }): SenderId => params.senderId as SenderId
  return [
    bind(operations.listProxies, async (call) => ({ data: await proxies.list(call.workspaceId) })),
    bind(operations.createProxy, (call) => proxies.create(call.workspaceId, call.actor, call.body)),
    bind(operations.updateProxy, (call) =>
      proxies.update(call.workspaceId, call.actor, proxy(call.params), call.body),
    ),
    bind(operations.removeProxy, async (call) => {
      await proxies.remove(call.workspaceId, call.actor, proxy(call.params))
      return undefined
    }),
    bind(operations.checkProxy, (call) => proxies.check(call.workspaceId, proxy(call.params), call.signal)),
    bind(operations.previewList, async (call) =>
      presentLines(await proxies.previewList(call.workspaceId, call.body)),
    ),
    bind(operations.importList, (call) => proxies.importList(call.workspaceId, call.actor, call.body)),
    bind(operations.getRules, (call) => senders.rules(call.workspaceId)),
    bind(operations.setRules, (call) => senders.setRules(call.workspaceId, call.actor, call.body)),
    bind(operations.getSenderEgress, (call) => senders.get(call.workspaceId, sender(call.params))),
    bind(operations.setSenderEgress, (call) =>
      senders.set(call.workspaceId, call.actor, sender(call.params), call.body),
    ),
  ]
}

function presentLines(lines: readonly ListLine[]) {
  const bad = lines.filter(({ problem }) => problem !== null).length
  return {
    good: lines.length - bad,
    bad,
    data: lines.map(({ line, problem, proxy }) => ({
      line,
      problem,
      proxy: proxy && {
        scheme: proxy.scheme,
        host: proxy.host,
        port: proxy.port,
        username: proxy.username,
        hasPassword: proxy.password !== null,
        country: proxy.country,
      },
    })),
  }
}
