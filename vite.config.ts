// The two builds: the client (`vite build` → dist/client) and the server (`vite build --ssr` → dist/server).
// In development the client is served here and everything live goes to the hall's own server.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Each becomes a file of its own: the server, and the scripts of its worker threads, found beside it by name. */
const serverEntries = {
  main: at('server/main.ts'),
  sqliteWriter: at('server/store/sqliteWriter.ts'),
  draftWorker: at('server/drafts/draftWorker.ts'),
  versionsWorker: at('server/review/versionsWorker.ts'),
  rosterThread: at('server/papers/rosterThread.ts'),
  backupThread: at('server/keeping/backupThread.ts'),
  backup: at('server/cli/backup.ts'),
  restore: at('server/cli/restore.ts'),
  migrateStore: at('server/cli/migrateStore.ts'),
}

const server: UserConfig = {
  root: at('.'),
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: at('dist/server'),
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rollupOptions: {
      input: serverEntries,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
}

const hallAddress = `http://127.0.0.1:${process.env.YST_SERVER_PORT ?? '3000'}`

/** Assets are compressed once, here, and not again for every phone. */
const compressed = (): Plugin => ({
  name: 'compressed',
  closeBundle: () => {
    const folder = at('dist/client/assets')
    for (const name of readdirSync(folder)) {
      if (!/\.(js|css|svg)$/.test(name)) continue
      const bytes = readFileSync(join(folder, name))
      writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes))
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes))
    }
  },
})

const client: UserConfig = {
  root: at('client'),
  base: '/',
  plugins: [react(), compressed()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    // phones of a few years ago and the browser inside WeChat
    target: ['es2020', 'chrome87', 'safari14', 'firefox91', 'edge88'],
    outDir: at('dist/client'),
    manifest: true,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/api': hallAddress,
      '/healthz': hallAddress,
      '/socket.io': { target: hallAddress, ws: true },
      '/drafts': { target: hallAddress, ws: true },
    },
  },
}

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : client))
