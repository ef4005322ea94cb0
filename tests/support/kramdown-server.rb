# frozen_string_literal: true

# Renders Markdown with the real kramdown, for the differential tests.
# Reads one JSON object a line, {"id": 1, "text": "…", "options": {…}}, and answers each with
# {"id": 1, "html": "…", "ids": [["2", "a-heading"], …]}, or {"id": 1, "error": "…"}.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

DEFAULTS = {
  input: 'GFM', hard_wrap: false, gfm_quirks: 'paragraph_end', auto_ids: true, syntax_highlighter: nil
}.freeze

$stdout.sync = true
$stdin.set_encoding(Encoding::UTF_8)
$stdout.set_encoding(Encoding::UTF_8)

$stdin.each_line do |line|
  request = JSON.parse(line)
  begin
    document = Kramdown::Document.new(request['text'], DEFAULTS.merge((request['options'] || {}).transform_keys(&:to_sym)))
    html = document.to_html
    ids = html.scan(/<h([1-6])(?: id="([^"]*)")?[ >]/)
    puts JSON.generate(id: request['id'], html: html, ids: ids)
  rescue StandardError, SystemStackError => e
    puts JSON.generate(id: request['id'], error: "#{e.class}: #{e.message}"[0, 200])
  end
end
