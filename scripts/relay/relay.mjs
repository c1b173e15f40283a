// Starts the relay of docs/relay.md on this machine, in Caddy.
//
//   APP=https://app.example,…  origins of the page (default: where `make serve` puts it)
//   PORT=8787                  the port on this machine
//   HOSTS=llm.example,…        hosts to pass on to besides those of the Caddyfile
//   CADDY=/path/to/caddy       which Caddy
//   CADDYFILE=…                another configuration than the one beside this script
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN = fileURLToPath(new URL("Caddyfile", import.meta.url));
const { APP, HOSTS, PORT = "8787", CADDY = "caddy", CADDYFILE = OWN } = process.env;

function stop(why) {
  console.error(`relay: ${why}`);
  process.exit(1);
}

const listOf = (text = "") => text.split(",").map((one) => one.trim()).filter(Boolean);
const literally = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

function originOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    stop(`APP has “${text}”, which is no address: write an origin such as https://app.example`);
  }
  // A wildcard would let every page use the relay.
  if (!/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, "") || /[*{}]/.test(text)) {
    stop(`APP has “${text}”: write an origin such as https://app.example, without a path or *`);
  }
  return url.origin;
}

function hostOf(text) {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text)) {
    stop(`HOSTS has “${text}”: write host names such as llm.example, without scheme, port or *`);
  }
  return text;
}

if (!/^\d+$/.test(PORT) || Number(PORT) < 1024 || Number(PORT) > 65_535) {
  stop(`PORT is “${PORT}”: write a number from 1024 to 65535. The relay listens on this machine only, so there is no address to set`);
}
const version = spawnSync(CADDY, ["version"], { encoding: "utf8" });
if (version.error || version.status !== 0) {
  stop(
    "Caddy is missing, and nothing is installed for you. Debian and Ubuntu: sudo apt-get install caddy, then " +
      "sudo systemctl disable --now caddy, as the package starts a web server of its own. " +
      "Elsewhere see https://caddyserver.com/docs/install",
  );
}

const origins = listOf(APP).map(originOf);
const hosts = listOf(HOSTS).map(hostOf);
const base = `http://127.0.0.1:${PORT}`;
// What the Caddyfile lists stays listed.
const own = spawnSync(CADDY, ["adapt", "--config", CADDYFILE, "--adapter", "caddyfile"], {
  encoding: "utf8",
  env: { PATH: process.env.PATH },
}).stdout;
const listed = own?.match(/"pattern":"\^\/\((.*?)\)\/"/)?.[1];
if (!listed) stop("the Caddyfile does not say which hosts it lists");

const folder = mkdtempSync(join(tmpdir(), "touchstone-relay-"));
const caddy = spawn(CADDY, ["run", "--config", CADDYFILE, "--adapter", "caddyfile"], {
  stdio: ["ignore", "ignore", "pipe"],
  env: {
    PATH: process.env.PATH,
    // Caddy keeps its last configuration there; it goes when the relay stops.
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_DATA_HOME: folder,
    RELAY_PORT: PORT,
    RELAY_HOSTS: [JSON.parse(`"${listed}"`), ...hosts.map(literally)].join("|"),
    ...(origins.length > 0 && { RELAY_ORIGINS: origins.map(literally).join("|") }),
  },
});
let said = "";
caddy.stderr.on("data", (chunk) => {
  said = (said + chunk).slice(-2000);
  process.stderr.write(chunk);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => caddy.kill());
caddy.on("exit", (code, signal) => {
  rmSync(folder, { recursive: true, force: true });
  if (signal || code === 0) process.exit(0);
  if (/address already in use/.test(said)) stop(`something else listens at ${base}: choose another port, such as PORT=8788`);
  stop(`Caddy ended with ${code}`);
});

// Asked as a stranger, it says 403 once it listens.
for (let tries = 0; tries < 100 && caddy.exitCode === null; tries++) {
  const reply = await fetch(base).catch(() => null);
  if (reply?.status === 403) {
    console.log(`relay: ${base}`);
    console.log(`  for the page at ${origins.join(", ") || "http://localhost:8080, http://127.0.0.1:8080"}`);
    if (hosts.length > 0) console.log(`  also to ${hosts.join(", ")}`);
    console.log(`  In Touchstone: Settings, Connections, choose the provider and type ${base}. Ctrl+C stops the relay.`);
    break;
  }
  await new Promise((done) => setTimeout(done, 100));
}
