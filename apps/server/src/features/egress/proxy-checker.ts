import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { probeProxy } from './proxy-probe.ts'
import type { ProbeResult } from './proxy-probe.ts'
import { openWay } from './proxy-way.ts'
import { claimDueProxies, recordCheck } from './proxies.repo.ts'
import type { ProxyRow } from './proxies.repo.ts'
import { countMessages, listUnsettled, lockPool } from './sender-egress.repo.ts'
import { settlePool } from './settle.ts'

/** Tests proxies and lets what was found take effect. */
export interface ProxyChecker {
  /** Tests one proxy now, its senders settled when it resolves. */
  check(row: ProxyRow, signal?: AbortSignal): Promise<void>
  /** Tests what is due, at most `roundMax`, then moves senders that have to. */
  goRound(): Promise<void>
}

const healthyEveryMs = 5 * 60_000
const otherEveryMs = 60_000
const roundMax = 100
const atOnce = 8

export function createProxyChecker(core: Core): ProxyChecker {
  const probe = (row: ProxyRow, signal?: AbortSignal): Promise<ProbeResult> =>
    probeProxy(openWay(core.seal, row), {
      checkUrl: core.config.proxyCheckUrl,
      allowInternal: core.config.proxyPrivateHosts,
      monotonicMs: () => performance.now(),
      ...(signal ? { signal } : {}),
    })

  const record = async (row: ProxyRow, result: ProbeResult): Promise<void> => {
    if (result.kind === 'inconclusive') {
      core.logger.warn({ proxyId: row.id }, 'the check address answers nobody; proxies stay as they were')
      return
    }
    const isGood = result.kind === 'good'
    await core.inWorkspace(row.workspaceId as WorkspaceId, async (scope) => {
      await recordCheck(scope, {
        proxyId: row.id,
        revision: row.revision,
        problem: isGood ? null : result.problem,
        latencyMs: isGood ? result.latencyMs : null,
        exitAddress: isGood ? result.address : null,
        exitCountry: isGood ? result.country : null,
        at: core.now(),
      })
      await core.bus.publishIn(scope, { kind: 'egress.changed', workspaceId: row.workspaceId, id: row.id })
    })
  }

  const settle = (workspaceId: string): Promise<void> =>
    core.inWorkspace(workspaceId as WorkspaceId, async (scope) => {
      await lockPool(scope)
      await settlePool(core, scope)
    })

  return {
    check: async (row, signal) => {
      await record(row, await probe(row, signal))
      await settle(row.workspaceId)
    },
    goRound: async () => {
      const waiting = await core.inSystem((scope) =>
        claimDueProxies(scope, core.now(), dueBefore(core.now()), roundMax),
      )
      const worker = async (): Promise<void> => {
        for (let row = waiting.pop(); row; row = waiting.pop()) {
          try {
            await record(row, await probe(row))
          } catch (error) {
            core.logger.warn({ err: error, proxyId: row.id }, 'a proxy could not be checked')
          }
        }
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
      for (const workspaceId of await core.inSystem(listUnsettled)) await settle(workspaceId)
      await core.inSystem((scope) => countMessages(scope, null, core.now()))
    },
  }
}

function dueBefore(now: Date): { healthy: Date; other: Date } {
  return {
    healthy: new Date(now.getTime() - healthyEveryMs),
    other: new Date(now.getTime() - otherEveryMs),
  }
}
