FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1

WORKDIR /app

# Alone, so that this layer is built again only when a version changes.
COPY requirements.txt .
RUN pip install -r requirements.txt && pip check

COPY .streamlit .streamlit
COPY playground playground
COPY app.py LICENSE ./
RUN python -m compileall -q app.py playground && useradd --create-home --uid 10001 learner \
    && install -d -o learner -m 700 /var/lib/keras-playground /var/lib/keras-playground-rooms
USER learner
# Runs and rooms outlast a restart of the server; with volumes of yours, that of the container.
VOLUME /var/lib/keras-playground /var/lib/keras-playground-rooms

# PLAYGROUND_WORKERS is unset: one training process a core, at most four. STREAMLIT_SERVER_BASE_URL_PATH puts the page below a path.
ENV PORT=8501 \
    PLAYGROUND_RUNS_FOLDER=/var/lib/keras-playground \
    PLAYGROUND_ROOMS_FOLDER=/var/lib/keras-playground-rooms \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0
EXPOSE 8501

HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=4 \
    CMD python -c "import urllib.request as u; path = '$STREAMLIT_SERVER_BASE_URL_PATH/'.strip('/') + '/_playground/health'; u.urlopen('http://127.0.0.1:$PORT/' + path.lstrip('/'), timeout=4)"

# A shell only to read PORT; exec hands it the signals.
CMD ["sh", "-c", "exec streamlit run app.py --server.port \"$PORT\""]
