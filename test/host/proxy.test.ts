/** deploy/nginx.conf, run as it stands but for name, ports and certificate; each header that could fool us is tried. */
import { execFileSync, spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { request } from "node:https";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { freePort } from "../../scripts/host/port.ts";
import { folder, root, until, up } from "./support.ts";

const has = (command: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` } });
    return true;
  } catch {
    return false;
  }
};
const missing = ["nginx", "openssl"].filter((command) => !has(command));
if (missing.length > 0) console.warn(`SKIPPED: deploy/nginx.conf was not tried, since ${missing.join(" and ")} is not installed.`);
const tried = test.skipIf(missing.length > 0);

type Answer = { status: number; body: string };
type Asked = { path?: string; method?: string; headers?: Record<string, string>; body?: Buffer };

const seen = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), country: z.string().nullable() });

/** nginx with our example in front of a server; answers how to ask it. */
async function behindNginx() {
  const dir = await folder();
  const server = await up("serve", join(dir, "state"), [], { XUEFA_ROOT_SECRET: "a root secret for this test alone, 32+" });
  const port = await freePort(0);
  const plain = await freePort(0);
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=xuefa.example.gov.cn",
      "-keyout",
      join(dir, "key.pem"),
      "-out",
      join(dir, "cert.pem"),
    ],
    { stdio: "ignore" },
  );
  const site = (await readFile(join(root, "deploy/nginx.conf"), "utf8"))
    .replace("127.0.0.1:8787", `127.0.0.1:${server.port}`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace("listen 80", `listen 127.0.0.1:${plain}`)
    .replace("/etc/ssl/xuefa/fullchain.pem", join(dir, "cert.pem"))
    .replace("/etc/ssl/xuefa/privkey.pem", join(dir, "key.pem"));
  await writeFile(join(dir, "site.conf"), site);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${join(dir, name)};`).join(" ");
  await writeFile(
    join(dir, "nginx.conf"),
    `daemon off; master_process off; pid ${join(dir, "pid")}; error_log stderr; events {} http { access_log off; ${temporary} include ${join(dir, "site.conf")}; }`,
  );
  const nginx = spawn("nginx", ["-c", join(dir, "nginx.conf"), "-p", dir], {
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  nginx.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  onTestFinished(() => void nginx.kill("SIGKILL"));

  const ask = ({ path = "/request", method = "GET", headers = {}, body }: Asked): Promise<Answer> =>
    new Promise((done, failed) => {
      const sent = request(
        { host: "127.0.0.1", port, path, method, headers: { Host: "xuefa.example.gov.cn", ...headers }, rejectUnauthorized: false },
        (answer) => {
          const chunks: Buffer[] = [];
          answer
            .on("data", (chunk: Buffer) => chunks.push(chunk))
            .on("end", () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        },
      );
      sent.on("error", failed);
      sent.end(body);
    });
  await until(async () => (await ask({ path: "/healthz" }).catch(() => null))?.status === 200 || nginx.exitCode !== null);
  if (nginx.exitCode !== null) throw new Error(said);
  return { ask, plain, server };
}

tried("what a visitor claims about himself is not believed", async () => {
  const { ask, plain } = await behindNginx();
  const read = async (headers: Record<string, string>) => seen.parse(JSON.parse((await ask({ headers })).body));
  const expected = await read({});
  expect(expected.url).toBe("https://xuefa.example.gov.cn/request");
  expect(expected.headers).toMatchObject({ host: "xuefa.example.gov.cn", "cf-connecting-ip": "127.0.0.1", "x-forwarded-proto": "https" });

  const claims: Record<string, string> = {
    Host: "localhost",
    "CF-Connecting-IP": "203.0.113.9",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Real-IP": "203.0.113.9",
    Forwarded: "for=203.0.113.9;host=evil.example",
    "MF-Original-URL": "https://evil.example/elsewhere",
    "MF-Original-Hostname": "evil.example",
    "MF-CF-Blob": JSON.stringify({ country: "XX" }),
    "MF-Route-Override": "none",
    "MF-Proxy-Shared-Secret": "guess",
    "MF-Disable-Pretty-Error": "true",
    "MF-Sec-Fetch-Mode": "navigate",
    "MF-Access-Blob": JSON.stringify({ aud: "x" }),
    "MF-Op": "GET",
    "MF-Op-Original-URL": "https://evil.example/elsewhere",
  };
  for (const [name, value] of Object.entries(claims)) expect([name, await read({ [name]: value })]).toEqual([name, expected]);

  const http = await fetch(`http://127.0.0.1:${plain}/me`, { redirect: "manual", headers: { host: "xuefa.example.gov.cn" } });
  expect(http.status).toBe(301);
});

tried("the same claims do reach the program without the proxy: the test would notice", async () => {
  const { server } = await behindNginx();
  const read = async (headers: Record<string, string>) => seen.parse(await (await fetch(`${server.url}/request`, { headers })).json());
  expect((await read({ "CF-Connecting-IP": "203.0.113.9" })).headers["cf-connecting-ip"]).toBe("203.0.113.9");
  expect((await read({ "MF-CF-Blob": JSON.stringify({ country: "XX" }) })).country).toBe("XX");
  const elsewhere = await fetch(`${server.url}/nowhere`, { headers: { "MF-Original-URL": "https://evil.example/request" } });
  expect(seen.parse(await elsewhere.json()).url).toBe("https://evil.example/request");
});

tried("the runtime's own paths are shut, however they are spelled", async () => {
  const { ask, server } = await behindNginx();
  // R2 is open to whoever reaches the runtime itself.
  await fetch(`${server.url}/file?key=evidence`, { method: "POST", body: "secret" });
  const behind = "cdn-cgi/local/r2/public/FILES/evidence";
  expect(await (await fetch(`${server.url}/${behind}`)).text()).toBe("secret");
  const spellings = [
    `/${behind}`,
    `//${behind}`,
    `/./${behind}`,
    `/a/../${behind}`,
    `/%63dn-cgi/${behind.slice(8)}`,
    `/a/..%2f${behind}`,
    `/%2e/${behind}`,
    `/.\\${behind}`,
    `/a\\..\\${behind}`,
    `/.%5c${behind}`,
    `\\${behind}`,
  ];
  for (const path of [
    ...spellings,
    "/cdn-cgi/local/scheduled",
    "/cdn-cgi/local/platform-proxy",
    "/cdn-cgi/local/explorer",
    "/__cf_local/stream/x",
  ]) {
    for (const host of ["xuefa.example.gov.cn", "localhost"]) {
      const { status, body } = await ask({ path, headers: { Host: host } }).catch(() => ({ status: 400, body: "" }));
      expect([path, host, status]).toEqual([path, host, status >= 400 ? status : "an error"]);
      expect(body).not.toContain("secret");
    }
  }
});

tried("a body that is too large is refused before the program sees it, and one that is not is passed whole", async () => {
  const { ask } = await behindNginx();
  // nginx answers and closes while the body is still being sent, which may look like a broken connection.
  const post = (size: number) =>
    ask({ path: "/file?key=body", method: "POST", headers: { "content-length": String(size) }, body: Buffer.alloc(size, "x") }).catch(
      () => ({ status: 413, body: "" }),
    );
  expect((await post(21 * 1024 * 1024)).status).toBe(413);
  expect((await post(19 * 1024 * 1024)).body).toHaveLength(19 * 1024 * 1024);
});

test("every header by which the installed miniflare takes orders is stripped in deploy/nginx.conf", async () => {
  const source = dirname(createRequire(import.meta.url).resolve("miniflare"));
  const scripts = (await readdir(source, { recursive: true })).filter((path) => path.endsWith(".js"));
  const known = new Set<string>();
  for (const path of scripts)
    for (const [, name = ""] of (await readFile(join(source, path), "utf8")).matchAll(/"(MF-[A-Za-z-]+)"/g)) known.add(name);
  const conf = await readFile(join(root, "deploy/nginx.conf"), "utf8");
  expect(known.size).toBeGreaterThan(20);
  expect([...known].filter((name) => !conf.includes(`proxy_set_header ${name} "";`))).toEqual([]);
  expect(await readFile(join(root, "deploy/Caddyfile"), "utf8")).toContain("header_up -MF-*");
});
