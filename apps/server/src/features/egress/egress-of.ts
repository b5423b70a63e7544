import type { Egress } from '@siar/channel'
import { schemesOf } from '@siar/domain'
import type { Core } from '../../core.ts'
import { findPublicAddress } from '../../outgoing-address.ts'
import { EgressWaits } from '../senders/index.ts'
import type { SenderRef } from '../senders/index.ts'
import { findProxy } from './proxies.repo.ts'
import { openWay, urlOf } from './proxy-way.ts'
import { findWay } from './sender-egress.repo.ts'

/**
 * The way out of a sender, asked right before its session is opened: directly only when a person chose so.
 *
 * Rejects with `EgressWaits` while the sender has to wait, and with other errors when its proxy cannot be read: the session
 * then stays closed. A proxy in the network of this machine is refused, however its name is looked up now.
 */
export function createEgressOf(core: Core) {
  return async ({ workspaceId, senderId, channel }: SenderRef): Promise<Egress> => {
    const found = await core.inWorkspace(workspaceId, async (scope) => {
      const way = await findWay(scope, senderId)
      if (way === null) return null
      return { way, proxy: way.proxyId === null ? null : await findProxy(scope, way.proxyId) }
    })
    if (found === null) return { kind: 'direct' }
    const { way, proxy } = found
    if (way.waits !== null) throw new EgressWaits(way.waits)
    if (proxy === null || !proxy.enabled || !schemesOf(channel).includes(proxy.scheme))
      throw new EgressWaits('proxy_pool_empty')
    if (!core.config.proxyPrivateHosts && (await isInternal(proxy.host)))
      throw new EgressWaits('proxy_none_healthy')
    return { kind: 'proxy', url: urlOf(openWay(core.seal, proxy)) }
  }
}

/** A name that is not known now leads nowhere; the session tries by itself and stays offline. */
async function isInternal(host: string): Promise<boolean> {
  try {
    return (await findPublicAddress(host)) === null
  } catch {
    return false
  }
}
