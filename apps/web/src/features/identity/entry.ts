import { useQueryClient } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { safeNextPath } from './next-path.ts'

/** A value of the address exactly as it was sent (the router would read a token of digits as a number), or null. */
export function useAddressValue(name: string): string | null {
  const { searchStr } = useLocation()
  return new URLSearchParams(searchStr).get(name)
}

/** Where the person wanted to go before signing in; always a path of this dashboard. */
export function useNextPath(): string {
  return safeNextPath(useAddressValue('next'))
}

/** Goes in after a session began, forgetting whatever was loaded for somebody else. */
export function useEnter(): (path: string) => void {
  const client = useQueryClient()
  const { history } = useRouter() as { history: { push: (path: string) => void } }
  return useCallback(
    (path) => {
      client.clear()
      history.push(path)
    },
    [client, history],
  )
}
