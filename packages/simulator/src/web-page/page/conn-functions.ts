import { WPPError } from './identity.ts'
import type { PageState } from './page-state.ts'
import type { ServerLink } from './server-link.ts'

interface AuthCode {
  readonly type: 'multidevice'
  readonly ref: string
  readonly staticKeyPair: string
  readonly identityKeyPair: string
  readonly secretKey: string
  readonly fullCode: string
}

export function authCodeOf(code: string | null): AuthCode | null {
  if (code === null) return null
  const [ref = '', staticKeyPair = '', identityKeyPair = '', secretKey = ''] = code.split(',')
  return { type: 'multidevice', ref, staticKeyPair, identityKeyPair, secretKey, fullCode: code }
}

/** `WPP.conn` of the stand-in. */
export function connFunctions(state: PageState, server: ServerLink): Record<string, unknown> {
  const isAuthenticated = (): boolean => state.me !== undefined
  const linkCode = async (phone: unknown): Promise<string> => {
    if (typeof phone !== 'string' || !/^\d{8,15}$/.test(phone)) {
      throw new WPPError('send_the_phone_number_to_connect', 'A phone number is needed')
    }
    if (isAuthenticated()) {
      throw new WPPError('cannot_get_code_for_already_authenticated', 'The page is linked')
    }
    return server.call('linkCode', { phone })
  }
  return {
    isAuthenticated,
    isRegistered: isAuthenticated,
    isMultiDevice: () => true,
    isMainReady: () => state.mode === 'MAIN' || state.mode === 'QR',
    isOnline: () => state.info !== 'OFFLINE',
    getStreamData: () => ({ mode: state.mode, info: state.info }),
    getAuthCode: async () => authCodeOf(isAuthenticated() ? null : state.code),
    getMyUserId: () => state.me,
    getMyUserWid: () => state.me,
    getMyUserLid: () => state.lid,
    genLinkDeviceCodeForPhoneNumber: linkCode,
    startLinkDeviceCodeForPhoneNumber: linkCode,
    logout: async () => {
      await server.call('logout', {})
      return true
    },
  }
}
