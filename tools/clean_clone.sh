#!/usr/bin/env bash
# Run the README's two commands in a fresh clone, on a machine made poor: PATH has Python, git and the basic tools, the
# environment is empty, and (as root on Linux) the loader finds no eSpeak, FFmpeg or LAME of the system's.
#
#   tools/clean_clone.sh                  both commands
#   tools/clean_clone.sh 'COMMAND' …      these instead
#   PYTHON=python3.13 tools/clean_clone.sh
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

if [[ -z "${NARRATE_CLEAN:-}" && "$(id -u)" == 0 && "$(uname)" == Linux ]]; then
  NARRATE_CLEAN=1 exec unshare --mount --propagation private "$0" "$@"
fi
if [[ -n "${NARRATE_CLEAN:-}" ]]; then
  libraries='lib(espeak|espeak-ng|sonic|pcaudio|avcodec|avformat|avutil|avfilter|avdevice|swresample|swscale|mp3lame)\.so'
  ldconfig -p | grep -E "$libraries" | sed 's/.* => //' | sort -u | while read -r library; do
    mount --bind /dev/null "$library"
    echo "hidden from the loader: $library"
  done
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
for tool in bash cat cp dirname env git ls mkdir mv rm sh uname; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
ln -s "$("${PYTHON:-python3}" -c 'import os, sys; print(os.path.realpath(sys._base_executable))')" "$work/bin/python3"

poor() { (cd "$work/narrate" && env -i HOME="$work/home" PATH="$work/bin" LANG=C.UTF-8 "$@"); }

git clone --quiet "$root" "$work/narrate"
if [[ $# == 0 ]]; then
  first="$(grep -m 1 -o 'python3 tools/install.py && .*' "$root/README.md")"
  second="$(tail -n 1 "$root/.ci/run")"
  set -- "$first" "$second"
fi
for tool in ffmpeg ffprobe espeak espeak-ng lame; do
  if poor bash -c "command -v $tool"; then echo "$tool is on the poor machine's PATH"; exit 1; fi
done
for command in "$@"; do
  echo "\$ $command"
  started=$SECONDS
  poor bash -c "$command" < /dev/null
  echo "($((SECONDS - started)) s, .venv $(du -sm "$work/narrate/.venv" | cut -f 1) MB)"
done
poor git status --short
