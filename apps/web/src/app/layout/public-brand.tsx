import { useTranslation } from 'react-i18next'
import { Logo, LogoMark } from '#ui/logo.tsx'
import { WhatsAppBubble } from '#ui/whatsapp-bubble.tsx'

/** Beside the public pages: the name, one sentence of what it is, and one message on its way. */
export function PublicBrand({ name }: { name: string }) {
  const { t } = useTranslation('app')
  return (
    <div className="sticky top-0 flex h-dvh flex-col px-12 pt-5 pb-12 xl:px-16">
      <LogoMark
        sizePx={880}
        className="pointer-events-none absolute -bottom-64 -left-72 text-accent opacity-[0.07]"
      />
      <Logo name={name} />
      <div className="relative my-auto flex flex-col gap-10 py-8">
        <p className="max-w-md text-xl font-semibold text-pretty text-ink">
          {t('public.sentence', { product: name })}
        </p>
        <div
          className="w-full max-w-sm rounded-2xl border border-line bg-wa-paper p-5"
          role="img"
          aria-label={t('public.example')}
        >
          <div aria-hidden inert>
            <WhatsAppBubble
              text={t('public.message')}
              footer={t('public.footer')}
              time="09.41"
              buttons={[{ kind: 'reply', label: t('public.button') }]}
            />
          </div>
        </div>
      </div>
      <p className="relative max-w-md text-sm text-muted">{t('public.promise')}</p>
    </div>
  )
}
