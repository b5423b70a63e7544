import type { WorkspaceId } from '@siar/domain'
import { isIP } from 'node:net'
import type { Seal } from '../../seal.ts'
import type { ProxyRow } from './proxies.repo.ts'

/** How one gets to a proxy, its password opened; never logged. */
export interface ProxyWay {
  readonly scheme: ProxyRow['scheme']
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
}

/** Where the sealed password of a proxy belongs. */
export function passwordPlace(workspaceId: WorkspaceId | string, proxyId: string): string {
  return `${workspaceId}/${proxyId}/proxy_password`
}

/** @throws SealBroken when the key of the installation does not open the password. */
export function openWay(seal: Seal, row: ProxyRow): ProxyWay {
  const { scheme, host, port, username, sealedPassword, workspaceId, id } = row
  const password =
    sealedPassword === null
      ? ''
      : Buffer.from(seal.open(sealedPassword, passwordPlace(workspaceId, id))).toString('utf8')
  return { scheme, host, port, username, password }
}

/** `scheme://user:password@host:port`, as channels take it. */
export function urlOf({ scheme, host, port, username, password }: ProxyWay): string {
  const login =
    username === '' && password === ''
      ? ''
      : `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`
  return `${scheme}://${login}${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}
