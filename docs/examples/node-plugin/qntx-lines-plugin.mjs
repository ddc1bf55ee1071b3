#!/usr/bin/env node
// A plugin for QNTX Desktop in Node.js, without any package: `ix lines FILE` attests the lines of a text file.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { Client, INVALID_ARGUMENT, Refusal, serve } from './grpc.mjs';
import * as pb from './messages.mjs';

const VERSION = '0.1.0';
let host; // set by Initialize: { client, token, config }
let jobs = 0;
let linesRead = 0;

function metadata() {
  return { name: 'lines', version: VERSION, description: 'Attests the lines of a text file', license: 'MIT' };
}

function configSchema() {
  const most = { type: 'number', description: 'How many lines of a file', default_value: '10000', min_value: '1' };
  return { fields: { most, predicate: { type: 'string', description: 'What is said of a line', default_value: 'is_line' } } };
}

function initialize(request) {
  const most = Number(request.config.most || 10_000);
  if (!(most >= 1)) throw new Refusal(INVALID_ARGUMENT, `Setting 'most' has to be a number from 1, not '${request.config.most}'`);
  host?.client.close();
  host = {
    client: new Client(request.ats_store_endpoint),
    token: request.auth_token,
    most,
    predicate: request.config.predicate || 'is_line',
  };
  log('info', `ready; at most ${most} lines of a file`);
  return { handler_names: ['ix.lines'] };
}

async function executeJob(request, signal) {
  const done = { current: 0, log_entries: [] };
  const say = (level, message) => done.log_entries.push({ timestamp: new Date().toISOString(), level, message });
  const answer = (rest) => ({
    ...rest, progress_current: done.current, progress_total: done.current, cost_actual: NaN, // NaN: no cost was named
    log_entries: done.log_entries, plugin_version: VERSION,
  });
  jobs += 1;
  try {
    const [path] = JSON.parse(request.payload.toString() || '{}').args ?? [];
    if (!path) throw new Error('ix lines needs a file');
    await readLines(path, signal, done);
    say('info', `${done.current} lines of ${path}`);
    return answer({ success: true, result: Buffer.from(JSON.stringify({ lines: done.current })) });
  } catch (error) {
    say('error', error.message);
    return answer({ success: false, error: error.message });
  } finally {
    jobs -= 1;
  }
}

async function readLines(path, signal, done) {
  const input = createReadStream(path, { signal });
  const failed = new Promise((_, reject) => input.once('error', reject));
  failed.catch(() => {}); // also told by the loop below, if it still runs
  const lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const { done: end, value: line } = await Promise.race([lines.next(), failed]);
    signal.throwIfAborted();
    if (end) return;
    if (done.current === host.most) throw new Error(`${path} has more than ${host.most} lines`);
    done.current += 1;
    if (line.trim()) await attest(line, path, done.current);
    linesRead += 1;
  }
}

async function attest(line, path, number) {
  const command = {
    subjects: [line.slice(0, 1000)], predicates: [host.predicate], contexts: [path], attributes: pb.struct({ number, long: line.length > 80 }),
  };
  const request = { auth_token: host.token, command };
  const answer = await host.client.call('protocol.ATSStoreService/GenerateAndCreateAttestation', pb.Attest, request);
  if (!answer.success) throw new Error(answer.error);
}

function handleHTTP(request) {
  const json = { name: 'content-type', values: ['application/json'] };
  const path = request.path.replace(/^\/api\/lines/, '');
  if (request.method === 'GET' && path === '/count') {
    return { status_code: 200, headers: [json], body: Buffer.from(JSON.stringify({ lines: linesRead })) };
  }
  const error = { code: 'not_found', message: `There is nothing at ${path}.`, hint: '', details: {} };
  return { status_code: 404, headers: [json], body: Buffer.from(JSON.stringify({ error })) };
}

function health() {
  return { healthy: true, message: 'ok', details: { jobs: String(jobs) } };
}

function shutdown() {
  setImmediate(end);
  return {};
}

function end() {
  host?.client.close();
  setTimeout(() => process.exit(0), 200); // the answer to Shutdown still goes out
}

function log(level, message) {
  process.stderr.write(`${JSON.stringify({ level, message })}\n`); // the app keeps the level of JSON lines
}

const SERVICE = 'protocol.DomainPluginService';
const server = serve({
  [`${SERVICE}/Metadata`]: [pb.Empty, pb.Metadata, metadata],
  [`${SERVICE}/ConfigSchema`]: [pb.Empty, pb.ConfigSchema, configSchema],
  [`${SERVICE}/Initialize`]: [pb.InitializeRequest, pb.InitializeResponse, initialize],
  [`${SERVICE}/ExecuteJob`]: [pb.ExecuteJobRequest, pb.ExecuteJobResponse, executeJob],
  [`${SERVICE}/HandleHTTP`]: [pb.HTTPRequest, pb.HTTPResponse, handleHTTP],
  [`${SERVICE}/Health`]: [pb.Empty, pb.Health, health],
  [`${SERVICE}/Shutdown`]: [pb.Empty, pb.Empty, shutdown],
});
const wanted = Number(process.argv[process.argv.indexOf('--port') + 1]) || 0;
server.on('listening', () => {
  const { port } = server.address();
  if (port !== wanted) process.stdout.write(`QNTX_PLUGIN_PORT=${port}\n`);
});
server.on('error', (error) => {
  if (error.code !== 'EADDRINUSE') throw error;
  server.listen(0, '127.0.0.1'); // taken: any other will do, and the app reads which
});
server.listen(wanted, '127.0.0.1');
process.on('SIGTERM', end);
process.on('SIGINT', end);
