import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import { isHost, isInternalHost } from './proxy-list.ts'

/**
 * Refuses a host that cannot be one, or that lies in the own network of this machine. A name is looked up only when the
 * proxy is used, each time again.
 *
 * @throws AppError `validation_failed` at `host`.
 */
export function checkEntry(core: Core, { host }: { readonly host?: string | undefined }): void {
  if (host === undefined) return
  if (!isHost(host)) refuse('must be a host name or an address')
  if (core.config.proxyPrivateHosts) return
  if (isInternalHost(host))
    refuse('must not be an address of this machine or its own network', 'address_not_allowed')
}

function refuse(message: string, code = 'host_malformed'): never {
  throw new AppError('validation_failed', { problems: [{ path: 'host', message, code }] })
}
