import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { AnyRoute } from '@tanstack/react-router'
import type { FunctionComponent } from 'react'
import { SkeletonPage } from '#ui/skeleton.tsx'
import type { Layout, Screen } from './feature.ts'
import { features } from './features.ts'
import { RootLayout } from './layout/root-layout.tsx'
import { CrashScreen } from './screens/crash-screen.tsx'
import { NotFoundScreen } from './screens/not-found-screen.tsx'
import { ScreenFrame } from './screens/screen-frame.tsx'

const root = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundScreen })

const layouts: Record<Layout, AnyRoute> = {
  workspace: createRoute({
    getParentRoute: () => root,
    id: 'workspace',
    component: lazyRouteComponent(() => import('./layout/workspace-layout.tsx'), 'WorkspaceLayout'),
  }),
  admin: createRoute({
    getParentRoute: () => root,
    id: 'admin',
    component: lazyRouteComponent(() => import('./layout/admin-layout.tsx'), 'AdminLayout'),
  }),
  public: createRoute({
    getParentRoute: () => root,
    id: 'public',
    component: lazyRouteComponent(() => import('./layout/public-layout.tsx'), 'PublicLayout'),
  }),
  bare: createRoute({ getParentRoute: () => root, id: 'bare' }),
}

function toRoute(screen: Screen, parent: AnyRoute): AnyRoute {
  const Loaded = lazyRouteComponent<Record<'default', FunctionComponent>, 'default'>(async () => ({
    default: await screen.load(),
  }))
  const Framed = () => (
    <ScreenFrame screen={screen}>
      <Loaded />
    </ScreenFrame>
  )
  return createRoute({
    getParentRoute: () => parent,
    path: screen.path,
    component: Object.assign(Framed, Loaded.preload ? { preload: Loaded.preload } : {}),
  })
}

/** The router over every registered screen plus those given (the gallery, in development). */
export function makeRouter(extra: readonly Screen[] = []) {
  const screens = [...features.flatMap((feature) => feature.screens), ...extra]
  const tree = root.addChildren(
    Object.entries(layouts).map(([name, parent]) =>
      parent.addChildren(
        screens
          .filter((screen) => (screen.layout ?? 'workspace') === name)
          .map((screen) => toRoute(screen, parent)),
      ),
    ),
  )
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPendingMs: 120,
    defaultPendingComponent: SkeletonPage,
    defaultErrorComponent: CrashScreen,
    scrollRestoration: true,
  })
}
