import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: ["./src/kernel/*/schema.ts", "./src/plugins/*/schema.ts"], out: "./migrations" });
