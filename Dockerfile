# The hall in one container: built in one stage, run by an unprivileged user in the next.
FROM node:24-bookworm-slim AS build
WORKDIR /hall
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npx vite build && npx vite build --ssr && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /hall
COPY --from=build /hall/package.json ./
COPY --from=build /hall/node_modules ./node_modules
COPY --from=build /hall/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# An upgrade first makes a backup: until the hall is up, nothing is held against it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10m CMD ["node", "-e", "require(process.env.TLS_CERT ? 'https' : 'http').get({ host: '127.0.0.1', port: process.env.PORT, path: '/readyz', rejectUnauthorized: false }, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["node", "dist/server/main.js"]
