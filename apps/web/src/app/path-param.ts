import { useParams } from '@tanstack/react-router'

/** One parameter of the path the screen is on (`/campaigns/$campaignId`), as text; '' when the path has none of that name. */
export function usePathParam(name: string): string {
  const params: Record<string, unknown> = useParams({ strict: false })
  const value = params[name]
  return typeof value === 'string' ? value : ''
}
