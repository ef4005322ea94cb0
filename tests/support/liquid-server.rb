# frozen_string_literal: true

# A long-lived Liquid + Jekyll renderer for differential tests.
#
# Input:  one JSON object a line, { "text": string } plus optional "tokens": true.
# Output: one JSON object a line:
#   { "version", "jekyll" }                     once, at the start
#   { "ok": true,  "text": string, "tokens" }   the page rendered
#   { "ok": false, "phase": "parse" | "render", "class", "message", "line": integer | null, "tokens" }
#
# LIQUID_LIB and JEKYLL_LIB, when set, are lib directories put in front of the load path, so that another
# release of Liquid or Jekyll is measured with the same test.

$LOAD_PATH.unshift(ENV["LIQUID_LIB"]) if ENV["LIQUID_LIB"]
$LOAD_PATH.unshift(ENV["JEKYLL_LIB"]) if ENV["JEKYLL_LIB"]

# Liquid 4 calls `tainted?`, which Ruby 3.2 removed: this stands in for them.
unless Object.method_defined?(:tainted?)
  class Object
    def tainted?
      false
    end
  end
end

require "json"
require "stringio"
require "tmpdir"
require "jekyll"
begin
  require "jekyll-include-cache"
rescue LoadError
  # include_cached is then an unknown tag; the test skips nothing because of it.
end

Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)

SOURCE = Dir.mktmpdir("liquid-server")
at_exit { FileUtils.remove_entry(SOURCE) }
FileUtils.mkdir_p(File.join(SOURCE, "_includes"))
FileUtils.mkdir_p(File.join(SOURCE, "_posts"))
File.write(File.join(SOURCE, "_includes", "known.html"), "INCLUDED")
File.write(File.join(SOURCE, "known.md"), "---\ntitle: Known\n---\n")
File.write(File.join(SOURCE, "_posts", "2024-01-02-known.md"), "---\ntitle: Known\n---\n")

site = Jekyll::Site.new(
  Jekyll.configuration(
    "source" => SOURCE, "destination" => File.join(SOURCE, "_site"), "quiet" => true,
    "disable_disk_cache" => true, "title" => "Title", "baseurl" => "/base"
  )
)
site.reset
site.read

$stdout.sync = true
puts JSON.generate("version" => Liquid::VERSION, "jekyll" => Jekyll::VERSION)

PAGE = { "title" => "Page", "path" => "known.md", "url" => "/known.html", "inc" => "known.html" }.freeze

def failure(phase, error, tokens)
  line = error.respond_to?(:line_number) ? error.line_number : nil
  {
    "ok" => false, "phase" => phase, "class" => error.class.name,
    "message" => error.message.to_s.encode("UTF-8", :invalid => :replace), "line" => line, "tokens" => tokens
  }
end

def run(site, text, with_tokens)
  tokens = nil
  if with_tokens
    tokenizer = Liquid::Tokenizer.new(text.dup, true)
    tokens = []
    while (token = tokenizer.shift)
      tokens << token unless token.empty?
    end
  end
  begin
    template = Liquid::Template.parse(text.dup, :line_numbers => true)
  rescue Exception => e # rubocop:disable Lint/RescueException -- Jekyll itself rescues everything here
    return failure("parse", e, tokens)
  end
  payload = site.site_payload
  payload.page = PAGE.dup
  begin
    rendered = template.render!(
      payload,
      :registers => { :site => site, :page => PAGE.dup },
      :strict_filters => false, :strict_variables => false
    )
    { "ok" => true, "text" => rendered, "tokens" => tokens }
  rescue Exception => e # rubocop:disable Lint/RescueException
    failure("render", e, tokens)
  end
end

while (line = $stdin.gets)
  request = JSON.parse(line)
  puts JSON.generate(run(site, request.fetch("text"), request["tokens"]))
end
