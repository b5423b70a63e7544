import type { Proxy } from '@siar/contract'
import { CircleCheck, CircleSlash, Clock, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '#ui/badge.tsx'

const looks = {
  healthy: { tone: 'success', icon: CircleCheck },
  unhealthy: { tone: 'danger', icon: TriangleAlert },
  unchecked: { tone: 'neutral', icon: Clock },
  off: { tone: 'outline', icon: CircleSlash },
} as const

/** How a proxy is doing; one that is switched off is that first of all. */
export function ProxyState({ proxy }: { proxy: Pick<Proxy, 'state' | 'enabled'> }) {
  const { t } = useTranslation('egress')
  const state = proxy.enabled ? proxy.state : 'off'
  const { tone, icon: Icon } = looks[state]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`states.${state}`)}
    </Badge>
  )
}
