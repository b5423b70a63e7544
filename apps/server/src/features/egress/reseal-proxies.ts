import type { Core } from '../../core.ts'
import { SealBroken } from '../../seal.ts'
import { passwordPlace } from './proxy-way.ts'
import { listSealedAfter, updateProxy } from './proxies.repo.ts'

const batch = 500

/** Seals the passwords of proxies again that lie under an older key; as `resealAll` of the senders' credentials. */
export async function resealProxies(core: Core): Promise<{ resealed: number; broken: number }> {
  const done = { resealed: 0, broken: 0 }
  for (let after: string | null = ''; after !== null;) {
    const from: string = after
    after = await core.inSystem(async (scope) => {
      const rows = await listSealedAfter(scope, from, batch)
      for (const { id, workspaceId, sealed } of rows) {
        if (!core.seal.isOld(sealed)) continue
        const place = passwordPlace(workspaceId, id)
        try {
          const again = core.seal.seal(core.seal.open(sealed, place), place)
          await updateProxy(scope, id, { sealedPassword: again })
          done.resealed += 1
        } catch (error) {
          if (!(error instanceof SealBroken)) throw error
          done.broken += 1
        }
      }
      return rows.length < batch ? null : (rows.at(-1)?.id ?? null)
    })
  }
  return done
}
