import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the pages into dist/, which the HTTP side serves under /console/. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  // The page that is sent carries a nonce of its own; see services/dispatch/routes/console.ts.
  html: { cspNonce: '__NONCE__' },
  // Consoles that were opened before an update still load their pages: scripts/console-build.mjs removes old files later.
  build: { outDir: 'dist', emptyOutDir: false, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
});
