import type { Contact } from '@siar/contract'
import { consentProofOperations } from '@siar/contract'
import { FileBadge, FileBraces, FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { Button } from '#ui/button.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'

/** The ledger of one person as a file to hand out. */
export function ConsentProofMenu({ contact: { id } }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const params = { params: { contactId: id } }
  const fileName = `${t('proof.fileName')}-${id}`
  return (
    <DropdownMenu
      trigger={
        <Button size="sm" icon={<FileBadge aria-hidden />}>
          {t('proof.action')}
        </Button>
      }
      groups={[
        {
          items: [
            {
              id: 'pdf',
              label: t('proof.pdf'),
              icon: <FileText aria-hidden />,
              onSelect: () =>
                void download(consentProofOperations.proofPdf, params, `${fileName}.pdf`).catch(toastProblem),
            },
            {
              id: 'json',
              label: t('proof.json'),
              icon: <FileBraces aria-hidden />,
              onSelect: () =>
                void download(consentProofOperations.proof, params, `${fileName}.json`).catch(toastProblem),
            },
          ],
        },
      ]}
    />
  )
}
