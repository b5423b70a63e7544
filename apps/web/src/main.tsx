import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTexts } from '#i18n/index.ts'
import { makeQueryClient } from '#app/query.ts'
import { makeRouter } from '#app/router.tsx'
import { startTheme } from '#app/theme.ts'
import './ui/tokens.css'

async function start(): Promise<void> {
  startTheme()
  const [gallery] = await Promise.all([
    import.meta.env.DEV ? import('#app/gallery/screens.ts') : null,
    startTexts(),
  ])
  const router = makeRouter(gallery?.screens ?? [])
  const client = makeQueryClient()
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
