import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { CustomFieldsCard } from './custom-fields-card.tsx'
import { TagsCard } from './tags-card.tsx'

/** How people are told apart: tags, and the workspace's own fields. */
export function TagsPage() {
  const { t } = useTranslation('contacts')
  return (
    <Page>
      <PageHeader title={t('tags.title')} text={t('tags.text')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <TagsCard />
        <CustomFieldsCard />
      </div>
    </Page>
  )
}
