// The messages of the plugin protocol that this example uses, as tables for protobuf.mjs. The whole protocol stands in
// qntx_desktop/protocol/*.proto.

export const Empty = {};
export const Metadata = {
  name: [1, 'string'], version: [2, 'string'], qntx_version: [3, 'string'],
  description: [4, 'string'], author: [5, 'string'], license: [6, 'string'],
};
export const InitializeRequest = {
  ats_store_endpoint: [1, 'string'], queue_endpoint: [2, 'string'], auth_token: [3, 'string'],
  config: [4, { map: 'string' }], schedule_endpoint: [5, 'string'],
};
export const InitializeResponse = {
  handler_names: [1, ['string']],
  schedules: [2, [{
    handler_name: [1, 'string'], interval_seconds: [2, 'int'], enabled_by_default: [3, 'bool'], description: [4, 'string'],
  }]],
};
export const ExecuteJobRequest = {
  job_id: [1, 'string'], handler_name: [2, 'string'], payload: [3, 'bytes'], timeout_secs: [4, 'int'],
};
export const ExecuteJobResponse = {
  success: [1, 'bool'], error: [2, 'string'], result: [3, 'bytes'], progress_current: [4, 'int'], progress_total: [5, 'int'],
  cost_actual: [6, 'double'],
  log_entries: [7, [{ timestamp: [1, 'string'], level: [2, 'string'], message: [3, 'string'] }]],
  plugin_version: [8, 'string'],
};
export const Health = { healthy: [1, 'bool'], message: [2, 'string'], details: [3, { map: 'string' }] };
const Header = { name: [1, 'string'], values: [2, ['string']] };
export const HTTPRequest = { method: [1, 'string'], path: [2, 'string'], headers: [3, [Header]], body: [4, 'bytes'] };
export const HTTPResponse = { status_code: [1, 'int'], headers: [2, [Header]], body: [3, 'bytes'] };
export const ConfigSchema = {
  fields: [1, { map: {
    type: [1, 'string'], description: [2, 'string'], default_value: [3, 'string'], required: [4, 'bool'],
    min_value: [5, 'string'], max_value: [6, 'string'], pattern: [7, 'string'], element_type: [8, 'string'],
  } }],
};

// google.protobuf.Struct: of a value one field is set, which may be zero or empty.
const Value = { number: [2, 'double', true], text: [3, 'string', true], flag: [4, 'bool', true] };
const Struct = { fields: [1, { map: Value }] };

// The attributes of an attestation as a Struct: texts, numbers and booleans; what is nested is written as JSON text.
export function struct(attributes) {
  const fields = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'number') fields[name] = { number: value };
    else if (typeof value === 'boolean') fields[name] = { flag: value };
    else fields[name] = { text: typeof value === 'string' ? value : JSON.stringify(value) };
  }
  return { fields };
}

const Attestation = {
  id: [1, 'string'], subjects: [2, ['string']], predicates: [3, ['string']], contexts: [4, ['string']], actors: [5, ['string']],
};
const Command = {
  subjects: [1, ['string']], predicates: [2, ['string']], contexts: [3, ['string']], actors: [4, ['string']],
  timestamp: [5, 'int'], attributes: [6, Struct], source: [7, 'string'],
};
export const Attest = [
  { auth_token: [1, 'string'], command: [2, Command] },
  { success: [1, 'bool'], error: [2, 'string'], attestation: [3, Attestation] },
];
